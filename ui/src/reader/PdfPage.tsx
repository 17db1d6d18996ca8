import { useEffect, useRef, useState } from 'react';
import type { Box } from '../api/types';
import { useMessages } from '../i18n';
import { type PDFDocumentProxy, type PDFPageProxy, TextLayer } from './pdf';
import { type Place, samePlace } from './place';

interface PdfPageProps {
  pdf: PDFDocumentProxy;
  index: number;
  /** CSS pixels. */
  width: number;
  ratio: number;
  place: Place;
  places: Place[];
  /** The place in the address begins on this page. */
  isTarget: boolean;
}

/** One page: the drawing, the text over it for selecting and reading aloud, and the marks between. */
export function PdfPage(props: PdfPageProps) {
  const { pdf, index, width, ratio, place, places, isTarget } = props;
  const t = useMessages();
  const frame = useRef<HTMLDivElement>(null);
  const near = useNear(frame);
  // Words that go on over a page's end are marked on every page at once.
  const holds = isTarget || place.boxes.some((box) => box.page === index);
  const page = usePage(pdf, index, near || holds);
  const size = page?.getViewport({ scale: 1 });
  const height = Math.round(width * (size ? size.height / size.width : ratio));
  // Boxes are in points of the page as displayed, before the page's own user unit.
  const scale = size && page ? width / (size.width / page.userUnit) : 0;

  useEffect(() => {
    if (!isTarget || scale === 0) return;
    const mark = frame.current?.querySelector('.mark.current') ?? frame.current;
    mark?.scrollIntoView({ block: place.boxes.length > 0 ? 'center' : 'start' });
  }, [isTarget, scale, place]);

  return (
    <div
      ref={frame}
      className="pdf-page"
      data-page={index}
      style={{ width, height }}
      role="group"
      aria-label={t.reader.pageOf(String(index + 1), pdf.numPages)}
    >
      {page && (near || holds) && <Drawing page={page} width={width} />}
      {scale > 0 &&
        places.flatMap((one) =>
          one.boxes
            .filter((box) => box.page === index)
            .map((box) => (
              <span
                key={`${one.start}-${one.end}-${box.x}-${box.y}`}
                className={samePlace(one, place) ? 'mark current' : 'mark'}
                style={scaled(box, scale)}
              />
            )),
        )}
    </div>
  );
}

function scaled(box: Box, scale: number) {
  return {
    left: box.x * scale,
    top: box.y * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
}

function Drawing({ page, width }: { page: PDFPageProxy; width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const target = canvas.current;
    const layer = text.current;
    if (!target || !layer) return;
    const scale = width / page.getViewport({ scale: 1 }).width;
    const viewport = page.getViewport({ scale });
    const dots = window.devicePixelRatio || 1;
    target.width = Math.floor(viewport.width * dots);
    target.height = Math.floor(viewport.height * dots);
    const drawing = page.render({
      canvas: target,
      viewport,
      ...(dots === 1 ? {} : { transform: [dots, 0, 0, dots, 0, 0] }),
    });
    layer.replaceChildren();
    layer.style.setProperty('--total-scale-factor', String(scale * page.userUnit));
    const textLayer = new TextLayer({
      textContentSource: page.streamTextContent(),
      container: layer,
      viewport,
    });
    // A drawing given up because the person scrolled on is no fault.
    drawing.promise.catch(() => {});
    textLayer.render().catch(() => {});
    return () => {
      drawing.cancel();
      textLayer.cancel();
    };
  }, [page, width]);

  return (
    <>
      <canvas ref={canvas} />
      <div ref={text} className="textLayer" />
    </>
  );
}

function usePage(pdf: PDFDocumentProxy, index: number, wanted: boolean): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    pdf
      .getPage(index + 1)
      .then((loaded) => current && setPage(loaded))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [pdf, index, wanted]);
  return page;
}

/** Whether an element is in the window or within one window's height of it. */
function useNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: '100% 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return near;
}
