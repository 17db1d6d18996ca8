import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { formatsFor } from './formats';
import { fr } from './fr';
import { preferredLocale, regional } from './index';

test('the own choice comes before the browser’s languages, and English last', () => {
  expect(preferredLocale('fr', ['de-AT'])).toBe('fr');
  expect(preferredLocale(null, ['pt-BR', 'de-AT', 'es'])).toBe('de');
  expect(preferredLocale('xx', ['pt-BR'])).toBe('en');
});

test('dates follow the region of the chosen language', () => {
  expect(regional('de', ['en-US', 'de-AT'])).toBe('de-AT');
  expect(regional('es', ['en-US'])).toBe('es');
});

test('sizes, numbers and months follow the language', () => {
  expect(formatsFor('de').month('2019-03')).toBe('März 2019');
  expect(formatsFor('de').number(12345)).toBe('12.345');
  expect(formatsFor('en').bytes(1_500_000)).toBe('1.5 MB');
  expect(formatsFor('en').bytes(0)).toBe('0 bytes');
});

/** Every word of a dictionary, by its place; functions are called with one number for all they take. */
function words(entry: unknown, number = 1, at = ''): [string, string][] {
  if (typeof entry === 'string') return [[at, entry]];
  if (typeof entry === 'function')
    return [[at, String(entry(...Array(entry.length).fill(number)))]];
  return Object.entries(entry as object).flatMap(([name, inner]) =>
    words(inner, number, `${at}.${name}`),
  );
}

test.each([
  ['de', de],
  ['es', es],
  ['fr', fr],
])('%s says everything that English says, acts of the record included', (_, dictionary) => {
  const places = words(dictionary).map(([place]) => place);
  expect(places).toEqual(words(en).map(([place]) => place));
  expect(words(dictionary).filter(([, word]) => word.trim() === '')).toEqual([]);
});

test.each([
  ['en', en, /\b1 \p{L}{2,}s\b/u],
  ['de', de, /\b1 (Dokumenten?|Einträgen?|Sätze|Personen|Quellen|Textstellen)\b/u],
  ['es', es, /\b1 \p{L}{2,}s\b/u],
  ['fr', fr, /\b1 \p{L}{2,}s\b/u],
])('%s has one of a thing in the singular, and none counted as one', (_, dictionary, plural) => {
  expect(words(dictionary, 1).filter(([, word]) => plural.test(word))).toEqual([]);
  expect(words(dictionary, 0).filter(([, word]) => /\b1 \p{L}{2,}/u.test(word))).toEqual([]);
});

test('every act of the vocabulary can be told, and none that is not one', () => {
  const vocabulary = readFileSync('../compliance/EVENTS.md', 'utf8');
  const acts = [...vocabulary.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \|/gm)].map(([, act]) => act);
  expect(Object.keys(en.audit.acts).sort()).toEqual(acts.sort());
});
