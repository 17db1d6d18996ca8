import { expect, test } from 'vitest';
import { pieces, wholeText } from './marking';

const TEXT = 'Title\nFirst words. Second words.\n\nloose end';

test('a mark is cut out of its text exactly', () => {
  const mark = { start: 6, end: 18 };
  const cut = pieces(TEXT, { start: 6, end: 32 }, [mark]);
  expect(cut.map(({ text, marks }) => [text, marks.length])).toEqual([
    ['First words.', 1],
    [' Second words.', 0],
  ]);
});

test('marks that overlap keep every word once', () => {
  const cut = pieces(TEXT, { start: 0, end: TEXT.length }, [
    { start: 2, end: 12 },
    { start: 8, end: 20 },
  ]);
  expect(cut.map(({ text }) => text).join('')).toBe(TEXT);
  expect(cut.map(({ marks }) => marks.length)).toEqual([0, 1, 2, 1, 0]);
});

test('words outside every block are still shown', () => {
  const blocks = wholeText(
    TEXT,
    [
      { kind: 'HEADING', level: 1, start: 0, end: 5, page: 0 },
      { kind: 'PARAGRAPH', level: 0, start: 6, end: 32, page: 0 },
    ],
    { start: 0, end: TEXT.length },
  );
  expect(blocks.map(({ kind, start, end }) => [kind, TEXT.slice(start, end).trim()])).toEqual([
    ['HEADING', 'Title'],
    ['PARAGRAPH', 'First words. Second words.'],
    ['PARAGRAPH', 'loose end'],
  ]);
});
