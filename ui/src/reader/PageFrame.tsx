import { type ReactNode, useEffect, useState } from 'react';
import type { Box } from '../api/types';
import { useMessages } from '../i18n';
import { type Place, samePlace } from './place';

/** What is marked, and where the person is. */
export interface Marked {
  place: Place;
  places: Place[];
}

interface PageFrameProps extends Marked {
  frame: React.RefObject<HTMLDivElement | null>;
  index: number;
  of: number;
  /** CSS pixels. */
  width: number;
  height: number;
  /** CSS pixels to a point of the page; 0 while the page is not known. */
  scale: number;
  /** What the page looks like. */
  children: ReactNode;
}

/** One page with the marks over what it looks like. */
export function PageFrame(props: PageFrameProps) {
  const { frame, index, of, width, height, scale, place, places, children } = props;
  const t = useMessages();
  const isTarget = index === targetOf(place);

  useEffect(() => {
    if (!isTarget || scale === 0) return;
    const marks = [...(frame.current?.querySelectorAll<HTMLElement>('.mark.current') ?? [])];
    const mark = marks[0] ?? frame.current;
    mark?.scrollIntoView({ block: place.boxes.length > 0 ? 'center' : 'start' });
    // Lines and rows that are wider than the reader are read from where they begin.
    const left = Math.min(...marks.map(({ offsetLeft }) => offsetLeft));
    const [widest] = marks
      .filter(({ offsetLeft }) => offsetLeft < left + 8)
      .sort((one, other) => other.offsetWidth - one.offsetWidth);
    const room = frame.current?.parentElement?.clientWidth ?? 0;
    const inline = widest && widest.offsetWidth > room ? 'start' : 'nearest';
    widest?.scrollIntoView({ block: 'nearest', inline });
  }, [frame, isTarget, scale, place]);

  return (
    <div
      ref={frame}
      className="drawn-page"
      data-page={index}
      style={{ width, height }}
      role="group"
      aria-label={t.reader.pageOf(String(index + 1), of)}
    >
      {children}
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

function targetOf(place: Place): number {
  return place.boxes[0]?.page ?? place.page ?? 0;
}

function scaled(box: Box, scale: number) {
  return {
    left: box.x * scale,
    top: box.y * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
}

/**
 * Whether a page is to be drawn: it is in the window or within one window's height of it, or holds
 * the place, as words that go on over a page's end are marked on every page at once.
 */
export function useWanted(
  frame: React.RefObject<HTMLElement | null>,
  index: number,
  place: Place,
): boolean {
  const near = useNear(frame);
  return near || index === targetOf(place) || place.boxes.some((box) => box.page === index);
}

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
