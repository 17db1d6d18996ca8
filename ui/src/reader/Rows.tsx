import { useEffect, useRef, useState } from 'react';
import type { TextBlock } from '../api/types';
import { useMessages } from '../i18n';
import { MarkedWords, type Words } from './MarkedWords';
import { cells, type Table } from './tables';

/** A workbook may have a hundred thousand cells: as many rows as this are laid out at a time. */
const GROUP = 250;

/** Height of a row that is not laid out, CSS pixels. */
const ROW = 31;

/** A table of the text; it scrolls sideways where it does not fit. */
export function Rows({ table, ...words }: Words & { table: Table }) {
  const t = useMessages();
  const header = table.named ? table.rows[0] : undefined;
  const rows = header ? table.rows.slice(1) : table.rows;
  const groups = Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, at) =>
    rows.slice(at * GROUP, (at + 1) * GROUP),
  );
  return (
    <div className="text-table" role="group" aria-label={t.ask.tableRows} tabIndex={0}>
      <table>
        {header && (
          <thead>
            <tr>
              {cells(words.text, header).map((cell) =>
                // A column without a name has no header.
                cell.end > cell.start ? (
                  <th key={cell.start} scope="col" dir="auto">
                    <MarkedWords range={cell} {...words} />
                  </th>
                ) : (
                  <td key={cell.start} />
                ),
              )}
            </tr>
          </thead>
        )}
        {groups.map((group, at) => (
          <RowGroup key={group[0]?.start} rows={group} first={at === 0} {...words} />
        ))}
      </table>
    </div>
  );
}

function RowGroup({ rows, first, ...words }: Words & { rows: TextBlock[]; first: boolean }) {
  const { place } = words;
  const frame = useRef<HTMLTableSectionElement>(null);
  const holds =
    place !== null && place.start < (rows.at(-1)?.end ?? 0) && place.end > (rows[0]?.start ?? 0);
  const seen = useSeen(frame);
  return (
    <tbody ref={frame}>
      {first || holds || seen ? (
        rows.map((row) => (
          <tr key={row.start}>
            {cells(words.text, row).map((cell) => (
              <td key={cell.start} dir="auto">
                <MarkedWords range={cell} {...words} />
              </td>
            ))}
          </tr>
        ))
      ) : (
        <tr style={{ height: rows.length * ROW }} />
      )}
    </tbody>
  );
}

/** Whether an element has ever come into the window. */
function useSeen(element: React.RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !element.current) return;
    const observer = new IntersectionObserver((entries) =>
      setSeen(entries.some((entry) => entry.isIntersecting)),
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
