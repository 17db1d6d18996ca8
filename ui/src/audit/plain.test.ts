import { expect, test } from 'vitest';
import type { AuditEvent, Subject } from '../api/audit';
import { en } from '../i18n/en';
import { formatsFor } from '../i18n/formats';
import { about, shown, story, who } from './plain';

const EVENT: AuditEvent = {
  id: 'e1',
  act: 'question.answered',
  outcome: 'success',
  time: '2026-05-03T10:12:00Z',
  recordedAt: '2026-05-03T10:12:01Z',
  actor: 'act_a',
  person: { account: 'u1', name: 'akovac', displayName: 'Anna Kovac' },
  subjects: [],
  sequence: null,
  record: {
    data: {
      passages: [{ document: 'd1' }, { document: 'd1' }, { document: 'd2' }],
      model: { name: 'A model' },
      withheld: 1,
      elapsedMillis: 3400,
    },
    writer: { id: 'w1', seq: 7 },
  },
};

test('a record is told in plain sentences', () => {
  expect(story(EVENT, en, formatsFor('en')).slice(1)).toEqual([
    '3 passages of 2 documents.',
    '1 sentence was withheld.',
    'Written by the model A model.',
    'It took 3.4 s.',
    'It was recorded by the service process w1.',
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

const DOCUMENT: Subject = {
  kind: 'document',
  id: 'd1',
  state: 'known',
  name: 'Leave policy',
  alias: 'hr/leave.pdf',
};
const ACCOUNT: Subject = {
  kind: 'account',
  id: 'act_b',
  state: 'known',
  name: 'Bert Maier',
  alias: 'bmaier',
};

function told(change: Partial<AuditEvent>, data: Record<string, unknown> = {}) {
  return story({ ...EVENT, ...change, record: { data } }, en, formatsFor('en'));
}

test('whoever acted is told by name, with the user name', () => {
  expect(told({ act: 'document.opened' })[0]).toContain('Anna Kovac (akovac) opened a document');
});

test('a document is told by title and path, or as gone, or as one not to be read', () => {
  expect(told({ subjects: [DOCUMENT] })).toContain('About “Leave policy” (hr/leave.pdf).');
  const unnamed = { ...DOCUMENT, name: null, alias: null };
  expect(told({ subjects: [{ ...unnamed, state: 'gone' }] })).toContain(
    'About a document that is gone.',
  );
  expect(told({ subjects: [{ ...unnamed, state: 'hidden' }] })).toContain(
    'About a document that you may not read.',
  );
});

test('a change is told with what was changed', () => {
  const change = told(
    { act: 'account.membership_changed', subjects: [ACCOUNT] },
    { added: ['hr', 'legal'], removed: [] },
  );
  expect(change.slice(1)).toEqual([
    'The account of “Bert Maier” (bmaier).',
    'Added: hr and legal.',
  ]);
  expect(told({ act: 'setting.changed' }, { setting: 'docent.port' })).toContain(
    'The setting “docent.port”.',
  );
  expect(told({ act: 'document.relabelled' }, { before: ['hr'], after: [] }).slice(1)).toEqual([
    'Before: hr.',
    'Afterwards: nobody.',
  ]);
});

test('many documents are counted beyond the first ones, and one line names the first', () => {
  const subjects = Array.from({ length: 7 }, (_, at) => ({ ...DOCUMENT, id: `d${at}` }));
  expect(told({ subjects })[1]).toMatch(/and 2 more\.$/);
  expect(about({ ...EVENT, subjects }, en)).toBe('“Leave policy” (hr/leave.pdf), 6 more');
});

test('whoever acts on the own account is not told twice', () => {
  expect(about({ ...EVENT, subjects: [{ ...ACCOUNT, id: 'act_a' }] }, en)).toBeNull();
});
