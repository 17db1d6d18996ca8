import { useEffect, useRef, useState } from 'react';
import { contentAddress } from '../api/client';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import { PdfPage } from './PdfPage';
import { openPdf, type PDFDocumentProxy } from './pdf';
import type { Place } from './place';

interface PdfViewProps {
  document: string;
  place: Place;
  places: Place[];
  onShowText: () => void;
}

interface Opened {
  pdf: PDFDocumentProxy;
  /** Height over width of the first page: the size of a page not yet drawn. */
  ratio: number;
}

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

/** The PDF as it is, all pages in one scroll; only pages near the window are drawn. */
export default function PdfView({ document, place, places, onShowText }: PdfViewProps) {
  const t = useMessages();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failed, setFailed] = useState(false);
  const [zoom, setZoom] = useState(2);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);

  useEffect(() => {
    let current = true;
    setOpened(null);
    setFailed(false);
    const task = openPdf(contentAddress(document));
    (async () => {
      const pdf = await task.promise;
      const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
      if (current) setOpened({ pdf, ratio: height / width });
    })().catch(() => {
      if (current) setFailed(true);
    });
    return () => {
      current = false;
      void task.destroy();
    };
  }, [document]);

  const target = place.boxes[0]?.page ?? place.page ?? 0;
  const pageWidth = Math.floor(Math.max(240, width - 32) * (ZOOMS[zoom] ?? 1));

  return (
    <>
      <div className="reader-tools">
        <button type="button" className="button plain small" onClick={onShowText}>
          {t.reader.showText}
        </button>
        <button
          type="button"
          className="button plain square"
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
          aria-label={t.reader.zoomOut}
          title={t.reader.zoomOut}
        >
          <Icon name="smaller" />
        </button>
        <button
          type="button"
          className="button plain square"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
          aria-label={t.reader.zoomIn}
          title={t.reader.zoomIn}
        >
          <Icon name="larger" />
        </button>
      </div>
      <div
        className="pages"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={t.reader.openPage}
      >
        {failed && (
          <Notice
            tone="fault"
            action={
              <button type="button" className="button small" onClick={onShowText}>
                {t.reader.showText}
              </button>
            }
          >
            {t.reader.failed}
          </Notice>
        )}
        {!opened && !failed && <Skeleton lines={12} />}
        {opened &&
          width > 0 &&
          Array.from({ length: opened.pdf.numPages }, (_, index) => (
            <PdfPage
              // biome-ignore lint/suspicious/noArrayIndexKey: a page is its index
              key={index}
              pdf={opened.pdf}
              index={index}
              width={pageWidth}
              ratio={opened.ratio}
              place={place}
              places={places}
              isTarget={index === target}
            />
          ))}
      </div>
    </>
  );
}

/** The inner width of an element, as it changes. */
function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
