import type { Citation } from '../api/types';
import { useMessages } from '../i18n';
import { tabbed } from './excerpt';

interface QuotedTextProps {
  citation: Citation;
  /** Which part of its words. */
  part: { start: number; end: number };
}

/** Characters; longer lines are sentences. */
const LONG_GROUP = 100;

/**
 * A document's words as they stand. Rows of a table keep their cells, under the names of the
 * columns where the document gives them.
 */
export function QuotedText({ citation, part }: QuotedTextProps) {
  const text = tabbed(citation);
  const before = part.start > 0 && '… ';
  const behind = part.end < text.length && ' …';
  const all = runs(text);
  const shown = all.filter(({ start, end }) => start < part.end && end > part.start);
  if (!shown.some(({ rows }) => rows)) {
    return (
      <>
        {before}
        {text.slice(part.start, part.end)}
        {behind}
      </>
    );
  }
  // They are known of the first table alone.
  const first = all.find(({ rows }) => rows);
  return (
    <>
      {shown.map((run) => {
        const words = text.slice(Math.max(run.start, part.start), Math.min(run.end, part.end));
        return run.rows ? (
          <Rows
            key={run.start}
            rows={words.split('\n').map((line) => line.split('\t'))}
            columns={run === first ? (citation.columns ?? []) : []}
          />
        ) : (
          <p key={run.start}>
            {run === shown[0] && before}
            {words}
            {run === shown.at(-1) && behind}
          </p>
        );
      })}
    </>
  );
}

interface RowsProps {
  rows: string[][];
  columns: string[];
}

function Rows({ rows: quoted, columns }: RowsProps) {
  const t = useMessages();
  const named = columns.length > 0 && quoted.every((row) => row.length <= columns.length);
  // The names may be quoted themselves, those over several columns in a row of their own.
  const first = named ? quoted.findIndex((row) => !row.every(isNameIn(columns))) : 0;
  const rows = first < 0 ? [] : quoted.slice(first);
  return (
    <div className="quoted-rows" role="group" aria-label={t.ask.tableRows} tabIndex={0}>
      <table>
        {named && (
          <thead>
            <tr>
              {columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <th key={at} scope="col" dir="auto">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                <td key={column} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a line names a group of rows, and does not stand over another table. */
function isGroup(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  const next = lines[at + 1] ?? '';
  const between = (lines[at - 1] ?? '').includes('\t') && /^[^\t].*\t/.test(next);
  return between && line.length <= LONG_GROUP && !/[.!?:]$/.test(line);
}

function isNameIn(columns: string[]) {
  return (cell: string, at: number) =>
    cell.trim() === '' || ` ${columns[at]} `.includes(` ${cell.trim()} `);
}

/** Lines with tabs together, and those between. */
function runs(text: string): { rows: boolean; start: number; end: number }[] {
  const out: { rows: boolean; start: number; end: number }[] = [];
  const lines = text.split('\n');
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const rows = line.includes('\t') || isGroup(lines, at);
    const end = start + line.length;
    const last = out.at(-1);
    if (last?.rows === rows) last.end = end;
    else out.push({ rows, start, end });
    start = end + 1;
  }
  return out.filter((run) => text.slice(run.start, run.end).trim() !== '');
}
