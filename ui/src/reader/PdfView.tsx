import { useEffect, useState } from 'react';
import { contentAddress } from '../api/client';
import type { Marked } from './PageFrame';
import { Pages } from './Pages';
import { PdfPage } from './PdfPage';
import { openPdf, type PDFDocumentProxy } from './pdf';

interface PdfViewProps extends Marked {
  document: string;
  onShowText: () => void;
}

interface Opened {
  pdf: PDFDocumentProxy;
  /** Height over width of the first page: the size of a page not yet drawn. */
  ratio: number;
  /** Width of the first page, in points. */
  points: number;
}

/** The PDF as it is, all pages in one scroll; only pages near the window are drawn. */
export default function PdfView({ document, place, places, onShowText }: PdfViewProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let current = true;
    setOpened(null);
    setFailed(false);
    const task = openPdf(contentAddress(document));
    (async () => {
      const pdf = await task.promise;
      const first = await pdf.getPage(1);
      const { width, height } = first.getViewport({ scale: 1 });
      if (current) setOpened({ pdf, ratio: height / width, points: width / first.userUnit });
    })().catch(() => {
      if (current) setFailed(true);
    });
    return () => {
      current = false;
      void task.destroy();
    };
  }, [document]);

  return (
    <Pages
      place={place}
      points={opened?.points ?? 0}
      state={failed ? 'failed' : opened ? 'open' : 'opening'}
      onShowText={onShowText}
    >
      {(width) =>
        opened &&
        Array.from({ length: opened.pdf.numPages }, (_, index) => (
          <PdfPage
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is its index
            key={index}
            pdf={opened.pdf}
            index={index}
            width={width}
            ratio={opened.ratio}
            place={place}
            places={places}
          />
        ))
      }
    </Pages>
  );
}
