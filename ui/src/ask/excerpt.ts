import type { Citation } from '../api/types';

/** UTF-16 units, [start, end). */
interface Stretch {
  start: number;
  end: number;
}

/** How much of a quotation is shown at first. */
export interface Room {
  lines: number;
  /** Characters of a line, about. */
  width: number;
}

/**
 * What is shown of a quotation at first: the likeliest sentence or row, which is always whole, with
 * those around it that there is room for. All of it where hardly a line would be left out.
 */
export function excerpt(citation: Citation, { lines, width }: Room): Stretch {
  const text = tabbed(citation);
  const whole = { start: 0, end: text.length };
  const { likeliest } = citation;
  if (!likeliest || height(text, width) <= lines + 1) return whole;
  const all = sentences(text);
  const inside = ({ start, end }: Stretch) => start < likeliest.end && end > likeliest.start;
  let first = all.findIndex(inside);
  let last = all.findLastIndex(inside);
  const grow = (from: number, to: number) => {
    const [begin, end] = [all[from], all[to]];
    if (!begin || !end || height(text.slice(begin.start, end.end), width) > lines) return false;
    [first, last] = [from, to];
    return true;
  };
  // Behind it and before it by turns, as the service chose the quotation.
  let grows = true;
  while (grows) {
    const behind = grow(first, last + 1);
    grows = grow(first - 1, last) || behind;
  }
  return { start: all[first]?.start ?? 0, end: all[last]?.end ?? text.length };
}

/** A citation's words, with a tab for each white space that separates cells. */
export function tabbed({ text, cells = [] }: Citation): string {
  const ends = new Set(cells);
  return text
    .split('')
    .map((unit, at) => (ends.has(at) ? '\t' : unit))
    .join('');
}

/** In lines as wide as that. */
function height(text: string, width: number): number {
  return text
    .split('\n')
    .map((line) => (line.includes('\t') ? 1 : Math.max(1, Math.ceil(line.length / width))))
    .reduce((sum, lines) => sum + lines, 0);
}

const SENTENCES = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Sentences, and rows of tables, without white space around them. */
function sentences(text: string): Stretch[] {
  const out: Stretch[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const parts = line.includes('\t')
      ? [{ segment: line, index: 0 }]
      : [...SENTENCES.segment(line)];
    for (const { segment, index } of parts) {
      const start = at + index + segment.length - segment.trimStart().length;
      const end = at + index + segment.trimEnd().length;
      if (end > start) out.push({ start, end });
    }
    at += line.length + 1;
  }
  return out;
}
