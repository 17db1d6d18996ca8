import type { TextBlock } from '../api/types';

export interface Range {
  start: number;
  end: number;
}

export interface Piece<R extends Range> extends Range {
  text: string;
  /** The marks that cover the piece. */
  marks: R[];
}

/** Cuts [start, end) of a text where marks begin and end. */
export function pieces<R extends Range>(
  text: string,
  { start, end }: Range,
  marks: readonly R[],
): Piece<R>[] {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const sorted = [...cuts].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, at) => {
    const to = sorted[at + 1] ?? end;
    return {
      start: from,
      end: to,
      text: text.slice(from, to),
      marks: inside.filter((mark) => mark.start < to && mark.end > from),
    };
  });
}

/** The blocks of a text in order, with the words between them as paragraphs: nothing is left out. */
export function wholeText(text: string, blocks: readonly TextBlock[], within: Range): TextBlock[] {
  const out: TextBlock[] = [];
  let at = within.start;
  const fill = (to: number, page: number) => {
    if (text.slice(at, to).trim() !== '') {
      out.push({ kind: 'PARAGRAPH', level: 0, start: at, end: to, page });
    }
  };
  const sorted = blocks
    .filter((block) => block.start < within.end && block.end > within.start)
    .sort((one, other) => one.start - other.start);
  for (const block of sorted) {
    const start = Math.max(block.start, at);
    const end = Math.min(block.end, within.end);
    if (end <= start) continue;
    fill(start, block.page);
    out.push({ ...block, start, end });
    at = end;
  }
  fill(within.end, 0);
  return out;
}
