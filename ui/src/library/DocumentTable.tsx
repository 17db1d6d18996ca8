import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { DocumentFilter } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { Empty } from '../design/Empty';
import { describe, Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { groupName } from '../i18n/service';
import { StateBadge } from './StateBadge';
import { type MissingBlock, useDocuments } from './useDocuments';

const ROW = 56;
const HEAD = 42;
// Where the window is low, the page scrolls rather than that less of a long list is seen.
const LEAST = 320;
// Rows beyond the view, above and below, so that scrolling finds them drawn.
const OVERSCAN = 10;

const COLUMNS = [
  { name: 'title', sort: 'title' },
  { name: 'state', sort: 'state' },
  { name: 'readers', sort: null },
  { name: 'bytes', sort: 'bytes' },
  { name: 'updatedAt', sort: 'updatedAt' },
] as const;

interface DocumentTableProps {
  filter: DocumentFilter;
  onSort: (sort: string) => void;
  /** What to say when the library has nothing at all. */
  whenEmpty: ReactNode;
  filtered: boolean;
  onClear: () => void;
}

/** Every document that matches; only the rows in view exist. */
export function DocumentTable(props: DocumentTableProps) {
  const { filter, onSort, whenEmpty, filtered, onClear } = props;
  const { t } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const [{ first, last }, setView] = useState({ first: 0, last: 0 });
  const documents = useDocuments(filter, first, last);
  const shown = useShown(documents.at(first) !== undefined);
  const rows = useVirtualizer({
    count: documents.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    // What is seen is drawn first: the rows around it take as long again.
    overscan: shown ? OVERSCAN : 0,
    onChange: ({ range }) => {
      if (range) setView({ first: range.startIndex, last: range.endIndex });
    },
  });

  if (documents.error) return <Fault error={documents.error} retry={documents.retry} />;
  if (documents.total === null) return <Skeleton lines={10} />;
  if (documents.total === 0 && !filtered) {
    return documents.outdated ? <Skeleton lines={10} /> : whenEmpty;
  }
  if (documents.total === 0) {
    return (
      <Empty icon="filter" title={t.library.noMatch}>
        <button type="button" className="button" onClick={onClear}>
          {t.library.clear}
        </button>
      </Empty>
    );
  }
  const height = rows.getTotalSize();
  return (
    <div
      className="documents"
      role="table"
      aria-label={t.library.title}
      aria-rowcount={documents.total + 1}
      ref={scroller}
      tabIndex={0}
      style={{ minHeight: Math.min(LEAST, HEAD + height) }}
    >
      <div className="documents-head" role="rowgroup">
        <Header sort={filter.sort ?? ''} onSort={onSort} />
      </div>
      <div className="documents-all" role="rowgroup" style={{ height }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const missing = documents.missing(index);
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              className="document-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              {missing ? (
                <Missing block={missing} says={index === Math.max(missing.firstRow, first)} />
              ) : (
                <Row document={documents.at(index)} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Header({ sort, onSort }: { sort: string; onSort: (sort: string) => void }) {
  const { t } = useLanguage();
  return (
    <div role="row" className="document-row head" aria-rowindex={1}>
      {COLUMNS.map((column) => {
        const ascending = sort === column.sort;
        const descending = sort === `-${column.sort}`;
        const order = ascending ? 'ascending' : descending ? 'descending' : 'none';
        const label = t.library.columns[column.name];
        return (
          <div
            key={column.name}
            role="columnheader"
            className={`cell ${column.name}`}
            {...(column.sort ? { 'aria-sort': order } : {})}
          >
            {column.sort ? (
              <button
                type="button"
                className="sort"
                onClick={() => onSort(ascending ? `-${column.sort}` : column.sort)}
              >
                {label}
                {(ascending || descending) && <Icon name={ascending ? 'up' : 'down'} size={14} />}
              </button>
            ) : (
              label
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Whether something is on the screen that has become there. */
function useShown(there: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!there || shown) return;
    // A frame is called before it is drawn; the next one comes after.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setShown(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [there, shown]);
  return shown;
}

interface MissingProps {
  block: MissingBlock;
  /** Whether this row is the one that tells why the block is missing. */
  says: boolean;
}

function Missing({ block, says }: MissingProps) {
  const { t, format } = useLanguage();
  return (
    <div role="cell" className="cell missing">
      {says && (
        <>
          <Icon name="warn" size={16} />
          <span className="fault-text clip" role="alert">
            {describe(block.error, t, format)}
          </span>
          <button type="button" className="button small" onClick={block.retry}>
            {t.common.retry}
          </button>
        </>
      )}
    </div>
  );
}

// The table is drawn anew with every row it moves; its rows are not.
const Row = memo(function Row({ document }: { document: LibraryDocument | undefined }) {
  const { t, format } = useLanguage();
  if (!document) {
    return (
      <div role="cell" className="cell title">
        <span className="skeleton" />
      </div>
    );
  }
  return (
    <>
      <div role="cell" className="cell title">
        <Link href={`/library/${document.id}`} className="clip" dir="auto">
          {document.title}
        </Link>
        <span className="quiet small clip" dir="auto">
          {document.collectionName} · {document.path}
        </span>
      </div>
      <div role="cell" className="cell state-cell">
        <StateBadge document={document} />
      </div>
      <div role="cell" className="cell readers clip">
        {document.readers.length > 0
          ? format.list(document.readers.map((group) => groupName(group, t)))
          : t.library.nobody}
      </div>
      <div role="cell" className="cell bytes">
        {format.bytes(document.bytes)}
      </div>
      <div role="cell" className="cell updatedAt">
        {format.date(document.updatedAt)}
      </div>
    </>
  );
});
