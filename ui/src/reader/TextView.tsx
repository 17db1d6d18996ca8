import { memo, useEffect, useRef } from 'react';
import type { DocumentText, TextBlock, TextPage } from '../api/types';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { MarkedWords, type Words } from './MarkedWords';
import { wholeText } from './marking';
import type { Place } from './place';
import { Rows } from './Rows';
import { parts } from './tables';
import { useDocumentText } from './useDocumentText';

interface TextViewProps {
  document: string;
  place: Place;
  places: Place[];
  onShowPages: (() => void) | undefined;
}

/** A document's words as they were read, in their order and structure, with the cited ones marked. */
export function TextView({ document, place, places, onShowPages }: TextViewProps) {
  const t = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const { data, error, refetch, isPending } = useDocumentText(document);

  useEffect(() => {
    if (!data) return;
    const selector = place.end > place.start ? 'mark.current' : `[data-page="${place.page ?? 0}"]`;
    scroller.current?.querySelector(selector)?.scrollIntoView({ block: 'center' });
  }, [data, place]);

  return (
    <>
      {onShowPages && (
        <div className="reader-tools">
          <button type="button" className="button plain small" onClick={onShowPages}>
            {t.reader.showPages}
          </button>
        </div>
      )}
      <div
        className="text"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={t.reader.openPage}
      >
        {isPending && <Skeleton lines={12} />}
        {error && <Fault error={error} retry={refetch} />}
        {data &&
          pagesOf(data).map((page) => (
            <TextPageView
              key={page.index}
              content={data}
              page={page}
              place={touches(place, page) ? place : null}
              places={places}
            />
          ))}
      </div>
    </>
  );
}

function pagesOf({ pages, text }: DocumentText): TextPage[] {
  if (pages.length > 0) return pages;
  return [{ index: 0, kind: 'WHOLE', label: '', start: 0, end: text.length, width: 0, height: 0 }];
}

function touches(place: Place, page: TextPage): boolean {
  return place.start < page.end && place.end > page.start;
}

interface PageProps {
  content: DocumentText;
  page: TextPage;
  place: Place | null;
  places: Place[];
}

const TextPageView = memo(function TextPageView({ content, page, place, places }: PageProps) {
  const t = useMessages();
  return (
    <section className={`text-page ${page.kind.toLowerCase()}`} data-page={page.index}>
      {page.kind !== 'WHOLE' && (
        <h2 className="eyebrow">
          {/^\d+$/.test(page.label)
            ? t.reader.pageOf(page.label, content.pages.length)
            : page.label}
        </h2>
      )}
      {parts(content.text, wholeText(content.text, content.blocks, page)).map((part) =>
        'table' in part ? (
          <Rows
            key={part.table.rows[0]?.start}
            table={part.table}
            text={content.text}
            place={place}
            places={places}
          />
        ) : (
          <Block
            key={part.block.start}
            block={part.block}
            text={content.text}
            place={place}
            places={places}
          />
        ),
      )}
    </section>
  );
});

function Block({ block, ...words }: Words & { block: TextBlock }) {
  const kind = block.kind.toLowerCase().replaceAll('_', '-');
  const heading = block.kind === 'HEADING';
  return (
    <p
      className={`block ${kind}`}
      dir="auto"
      {...(heading
        ? { role: 'heading', 'aria-level': Math.min(6, Math.max(1, block.level) + 1) }
        : {})}
    >
      <MarkedWords range={block} {...words} />
    </p>
  );
}
