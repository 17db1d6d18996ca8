import { expect, test } from 'vitest';
import type { AuditEvent } from '../api/audit';
import { en } from '../i18n/en';
import { formatsFor } from '../i18n/formats';
import { shown, story, who } from './plain';

const EVENT: AuditEvent = {
  id: 'e1',
  act: 'question.answered',
  outcome: 'success',
  time: '2026-05-03T10:12:00Z',
  recordedAt: '2026-05-03T10:12:01Z',
  actor: 'act_a',
  person: { account: 'u1', name: 'Anna Kovac' },
  sequence: null,
  record: {
    data: {
      passages: [{ document: 'd1' }, { document: 'd1' }, { document: 'd2' }],
      model: { name: 'A model' },
      withheld: 1,
      elapsedMillis: 3400,
    },
  },
};

test('a record is told in plain sentences', () => {
  expect(story(EVENT, en, formatsFor('en')).slice(1)).toEqual([
    '3 passages of 2 documents.',
    '1 sentence was withheld.',
    'Written by the model A model.',
    'It took 3.4 s.',
  ]);
});

test('someone erased is named by the pseudonym that is left', () => {
  expect(who({ ...EVENT, person: null }, en)).toBe('act_a');
});

test('whoever runs the machine is told in words', () => {
  expect(who({ ...EVENT, actor: 'operator', person: null }, en)).toBe('The local operator');
});

test('a nested field reads as text', () => {
  expect(shown([{ document: 'd1', start: 3 }])).toBe('document d1, start 3');
});
