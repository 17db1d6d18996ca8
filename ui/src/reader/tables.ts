import type { TextBlock } from '../api/types';
import type { Range } from './marking';

/** Rows of one table, and whether the first one names the columns. */
export interface Table {
  rows: TextBlock[];
  named: boolean;
}

export type Part = { block: TextBlock } | { table: Table };

/** Cells stand between tabs. */
const CELL_END = '\t';

/** A page's blocks, the rows of a table together. Rows whose cells are not told apart stay blocks. */
export function parts(text: string, blocks: readonly TextBlock[]): Part[] {
  const out: Part[] = [];
  let rows: TextBlock[] = [];
  const end = () => {
    const named = rows[0]?.kind === 'TABLE_HEADER';
    const celled = rows.some((row) => text.slice(row.start, row.end).includes(CELL_END));
    if (celled) out.push({ table: { rows, named } });
    else out.push(...rows.map((block) => ({ block })));
    rows = [];
  };
  for (const block of blocks) {
    const header = block.kind === 'TABLE_HEADER';
    const goesOn = header && rows.length > 0 && rows.every((row) => row.kind === 'TABLE_HEADER');
    if (!goesOn && (header || block.kind !== 'TABLE_ROW')) end();
    if (header || block.kind === 'TABLE_ROW') rows.push(block);
    else out.push({ block });
  }
  end();
  return out;
}

/** Where the cells of a row stand in the text. */
export function cells(text: string, { start, end }: Range): Range[] {
  const out: Range[] = [];
  let from = start;
  for (const cell of text.slice(start, end).split(CELL_END)) {
    out.push({ start: from, end: from + cell.length });
    from += cell.length + 1;
  }
  return out;
}
