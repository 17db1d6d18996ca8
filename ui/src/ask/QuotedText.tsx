import type { Citation } from '../api/types';
import { useMessages } from '../i18n';

/**
 * A document's words as they stand. Rows of a table keep their cells, under the names of the
 * columns where the document gives them.
 */
export function QuotedText({ citation }: { citation: Citation }) {
  const { text, columns = [], cells = [] } = citation;
  const ends = new Set(cells);
  const tabbed = text
    .split('')
    .map((unit, at) => (ends.has(at) ? '\t' : unit))
    .join('');
  const lines = tabbed.split('\n');
  if (!lines.some((line) => line.includes('\t'))) return <>{text}</>;
  const parts = runs(lines);
  // They are known of the first table alone.
  const first = parts.find(({ rows }) => rows);
  return (
    <>
      {parts.map((part) =>
        part.rows ? (
          <Rows
            key={part.lines[0]}
            rows={part.lines.map((line) => line.split('\t'))}
            columns={part === first ? columns : []}
          />
        ) : (
          <p key={part.lines[0]}>{part.lines.join('\n')}</p>
        ),
      )}
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
  // The names may be quoted themselves.
  const rows = named && quoted[0]?.join('\t') === columns.join('\t') ? quoted.slice(1) : quoted;
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

/** Lines with tabs together, and those between. */
function runs(lines: string[]): { rows: boolean; lines: string[] }[] {
  const out: { rows: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const rows = line.includes('\t');
    const last = out.at(-1);
    if (last?.rows === rows) last.lines.push(line);
    else out.push({ rows, lines: [line] });
  }
  return out.filter((run) => run.lines.some((line) => line.trim() !== ''));
}
