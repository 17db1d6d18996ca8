import { useEffect, useRef, useState } from 'react';
import { type Marked, PageFrame, useWanted } from './PageFrame';
import { type PDFDocumentProxy, type PDFPageProxy, TextLayer } from './pdf';

interface PdfPageProps extends Marked {
  pdf: PDFDocumentProxy;
  index: number;
  /** CSS pixels. */
  width: number;
  ratio: number;
}

/** One page: the drawing, the text over it for selecting and reading aloud, and the marks between. */
export function PdfPage({ pdf, index, width, ratio, place, places }: PdfPageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useWanted(frame, index, place);
  const page = usePage(pdf, index, wanted);
  const size = page?.getViewport({ scale: 1 });
  return (
    <PageFrame
      frame={frame}
      index={index}
      of={pdf.numPages}
      width={width}
      height={Math.round(width * (size ? size.height / size.width : ratio))}
      // Boxes are in points of the page as displayed, before the page's own user unit.
      scale={size && page ? width / (size.width / page.userUnit) : 0}
      place={place}
      places={places}
    >
      {page && wanted && <Drawing page={page} width={width} />}
    </PageFrame>
  );
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
