import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { formatsFor } from './formats';
import { fr } from './fr';
import { problemText, rejection } from './service';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');
// Written and held to the service's enums by its CodesTest.
const codes: Record<string, string[]> = JSON.parse(read('src/test/resources/golden/codes.json'));
// Held to the log's vocabulary by its VocabularyTest.
const events = [...read('compliance/EVENTS.md').matchAll(/^\| `[a-z_.]+` \| ([a-z, ]+) \|/gm)];

const says: Record<string, object> = {
  documents: en.service.documents,
  documentStates: en.library.states,
  // Nothing is said of a log that is well, nor of a witness who is.
  logStates: { ...en.desk.sealer, starting: '', sealing: '', standby: '' },
  witnessStates: { ...en.desk.witness, waiting: '', signed: '' },
  notes: en.service.notes,
  problems: en.service.problems,
  reasons: en.service.reasons,
  ratings: en.ask.rate.reasons,
  refusals: en.ask.reasons,
  stages: en.ask.stages,
  // Passages are told as a share of the whole.
  units: { ...en.library.units, PASSAGE: en.library.meaning },
  outcomes: en.audit.outcomes,
};

test.each(
  Object.entries({
    ...codes,
    outcomes: [...new Set(events.flatMap(([, outcomes]) => outcomes?.split(', ')))],
  }),
)('every code that the service has is in the language files: %s', (kind, known) => {
  expect(known.length).toBeGreaterThan(0);
  expect(Object.keys(says[kind] ?? {}).sort()).toEqual([...known].sort());
});

const DOCUMENT = {
  reason: 'The file is empty.',
  reasonCode: 'EMPTY',
  whatToDo: 'Check that the file was saved.',
};

test('a document’s rejection is told in the person’s language', () => {
  expect(rejection(DOCUMENT, de)?.reason).toBe('Die Datei ist leer.');
  expect(rejection(DOCUMENT, fr)?.whatToDo).toContain('Vérifiez');
  expect(rejection({ ...DOCUMENT, reason: null, reasonCode: null }, es)).toBeNull();
});

test('what the page does not know it says in the service’s words', () => {
  expect(rejection({ ...DOCUMENT, reasonCode: 'toString' }, de)?.reason).toBe(DOCUMENT.reason);
  expect(problemText({ code: 'newer' }, de, formatsFor('de'))).toBeUndefined();
});

test('a lock-out says how long to wait', () => {
  const locked = (retryAfter?: number) => ({
    code: 'too_many_attempts',
    ...(retryAfter ? { retryAfter } : {}),
  });
  expect(problemText(locked(30), de, formatsFor('de'))).toContain('Warten Sie 30 Sekunden');
  expect(problemText(locked(480), es, formatsFor('es'))).toContain('Espere 8 minutos');
  expect(problemText(locked(), en, formatsFor('en'))).toContain('Wait a little');
});

test('a problem is told by its reason, with the values that it mentions', () => {
  const taken = { code: 'conflict', reason: 'group_in_use', values: { count: 1200 } };
  expect(problemText(taken, de, formatsFor('de'))).toMatch(/^1\.200 Dokumente/);
  const newer = { code: 'conflict', reason: 'newer', detail: 'Not so.' };
  expect(problemText(newer, fr, formatsFor('fr'))).toMatch(/: Not so\.$/);
  const large = { code: 'too_large', values: { maxBytes: 536_870_912 } };
  expect(problemText(large, es, formatsFor('es'))).toContain('536,9 MB');
});

test('what is not there is told by what it is', () => {
  const told = (reason?: string) =>
    problemText({ code: 'not_found', ...(reason ? { reason } : {}) }, de, formatsFor('de'));
  expect(told('no_such_conversation')).toContain('Dieses Gespräch');
  expect(told('no_such_record')).toContain('Eintrag');
  expect(told()).toBe(de.service.problems.not_found);
});

test('times are told as someone would say them', () => {
  const { duration } = formatsFor('en');
  expect(duration(1)).toBe('1 second');
  expect(duration(30_000)).toBe('30 seconds');
  expect(duration(15 * 60_000)).toBe('15 minutes');
  expect(duration(5 * 3_600_000)).toBe('5 hours');
});
