import { expect, test } from 'vitest';
import type { Citation } from '../api/types';
import { excerpt } from './excerpt';

const BEFORE = 'Revenue is recognised when goods are handed over. ';
const ANSWER =
  'The decline of 6.4% was driven primarily by computing, mobile phones and tablets, partially offset by gaming.';
const BEHIND = ' Online revenue decreased as well. It is told in another section of this report.';

const quoted = (text: string, likeliest: string, cells: number[] = []) => {
  const start = text.indexOf(likeliest);
  return {
    text,
    cells,
    likeliest: { start, end: start + likeliest.length },
  } as unknown as Citation;
};

const shown = (citation: Citation, lines: number, width: number) => {
  const { start, end } = excerpt(citation, { lines, width });
  return citation.text.slice(start, end);
};

test('the sentence that answers is shown whole, however little room there is', () => {
  const citation = quoted(BEFORE + ANSWER + BEHIND, ANSWER);
  expect(shown(citation, 1, 40)).toBe(ANSWER);
});

test('whole sentences around it are shown as far as there is room, the next one first', () => {
  const citation = quoted(BEFORE.repeat(4) + ANSWER + BEHIND.repeat(4), ANSWER);
  expect(shown(citation, 2, 75)).toBe(`${ANSWER} Online revenue decreased as well.`);
  expect(shown(citation, 3, 75)).toBe(`${BEFORE}${ANSWER} Online revenue decreased as well.`);
});

test('nothing is folded for the sake of a line, nor where the likeliest is not known', () => {
  const citation = quoted(BEFORE + ANSWER + BEHIND, ANSWER);
  expect(shown(citation, 3, 76)).toBe(citation.text);
  expect(shown({ ...citation, likeliest: null }, 1, 40)).toBe(citation.text);
});

test('rows of a table stay whole', () => {
  const rows = ['Group\t2023\t2022', ...[1, 2, 3, 4, 5, 6].map((n) => `Row ${n}. Net\t${n}\t0`)];
  const citation = quoted(rows.join('\n'), 'Row 5. Net\t5\t0');
  expect(shown(citation, 3, 76)).toBe(rows.slice(4).join('\n'));
});
