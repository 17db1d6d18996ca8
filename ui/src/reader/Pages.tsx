import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../design/Icon';
import { Notice } from '../design/Notice';
import { Skeleton } from '../design/Skeleton';
import { useMessages } from '../i18n';
import type { Place } from './place';
import { readableZoom, WHOLE, ZOOMS } from './zoom';

interface PagesProps {
  place: Place;
  /** Points that the marked page is wide; 0 while it is not known. */
  points: number;
  state: 'opening' | 'open' | 'failed';
  onShowText: () => void;
  /** The pages, `width` CSS pixels wide. */
  children: (width: number) => ReactNode;
}

/**
 * A document as it looks: all pages in one scroll, so large that the marked words can be read, until
 * the person has them larger or smaller.
 */
export function Pages({ place, points, state, onShowText, children }: PagesProps) {
  const t = useMessages();
  const [chosen, setChosen] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const whole = Math.max(240, width - 32);
  const zoom = chosen ?? (points > 0 ? readableZoom(place.boxes, whole, points) : WHOLE);

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
          onClick={() => setChosen(zoom - 1)}
          aria-label={t.reader.zoomOut}
          title={t.reader.zoomOut}
        >
          <Icon name="smaller" />
        </button>
        <button
          type="button"
          className="button plain square"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setChosen(zoom + 1)}
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
        {state === 'failed' && (
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
        {state === 'opening' && <Skeleton lines={12} />}
        {state === 'open' && width > 0 && children(Math.floor(whole * (ZOOMS[zoom] ?? 1)))}
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
