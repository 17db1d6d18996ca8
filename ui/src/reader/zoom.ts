import type { Box } from '../api/types';

/** Of the width at which a page fills the reader. */
export const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;

export const WHOLE = ZOOMS.indexOf(1);

// CSS pixels: a page of letter size so wide is read on a laptop, less is a phone.
const NARROW = 480;

// CSS pixels of a marked line's height: capitals are about six tenths of that.
const READABLE = 13;

/**
 * Index of the zoom at which the marked lines can be read where there is room for a page only as
 * small as on a phone: it is wider than the reader then.
 *
 * @param width of a whole page, in CSS pixels
 * @param points that the page is wide
 */
export function readableZoom(boxes: readonly Box[], width: number, points: number): number {
  const heights = boxes.map(({ height }) => height).sort((one, other) => one - other);
  const line = heights[Math.floor(heights.length / 2)];
  if (width >= NARROW || line === undefined) return WHOLE;
  const enough = ZOOMS.findIndex((zoom) => zoom >= 1 && (zoom * line * width) / points >= READABLE);
  return enough < 0 ? ZOOMS.length - 1 : enough;
}
