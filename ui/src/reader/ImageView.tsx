import { useRef, useState } from 'react';
import { pageAddress } from '../api/client';
import type { TextPage } from '../api/types';
import { type Marked, PageFrame, useWanted } from './PageFrame';
import { Pages } from './Pages';
import { useDocumentText } from './useDocumentText';

interface ImageViewProps extends Marked {
  document: string;
  onShowText: () => void;
}

/** An image file's pictures, each a page; only those near the window are fetched. */
export function ImageView({ document, place, places, onShowText }: ImageViewProps) {
  const { data, error } = useDocumentText(document);
  const [broken, setBroken] = useState(false);
  return (
    <Pages
      place={place}
      points={data?.pages[place.boxes[0]?.page ?? 0]?.width ?? 0}
      state={error || broken ? 'failed' : data ? 'open' : 'opening'}
      onShowText={onShowText}
    >
      {(width) =>
        data?.pages.map((page) => (
          <ImagePage
            key={page.index}
            address={pageAddress(document, page.index)}
            page={page}
            of={data.pages.length}
            words={data.text.slice(page.start, page.end)}
            width={width}
            place={place}
            places={places}
            onBroken={() => setBroken(true)}
          />
        ))
      }
    </Pages>
  );
}

interface ImagePageProps extends Marked {
  address: string;
  page: TextPage;
  of: number;
  /** What text recognition read, for those who cannot see it. */
  words: string;
  /** CSS pixels. */
  width: number;
  onBroken: () => void;
}

function ImagePage(props: ImagePageProps) {
  const { address, page, of, words, width, place, places, onBroken } = props;
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useWanted(frame, page.index, place);
  const scale = width / page.width;
  return (
    <PageFrame
      frame={frame}
      index={page.index}
      of={of}
      width={width}
      height={Math.round(page.height * scale)}
      scale={scale}
      place={place}
      places={places}
    >
      {wanted && <img src={address} alt={words} onError={onBroken} />}
    </PageFrame>
  );
}
