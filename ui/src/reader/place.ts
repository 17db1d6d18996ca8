import type { Box, Citation } from '../api/types';

/**
 * A place in a document: which words are marked, and where they lie. All of it is in the address, so
 * that an address can be shared and a reload shows the same.
 */
export interface Place {
  document: string;
  page: number | null;
  start: number;
  end: number;
  boxes: Box[];
  revision: string | null;
}

const NAMES = ['doc', 'page', 'at', 'box', 'rev'] as const;

export function placeOf(citation: Citation): Place {
  const { document, page, start, end, boxes, revision } = citation;
  return { document, page, start, end, boxes, revision };
}

/** The query with this place in it; `null` takes the place out. */
export function withPlace(search: string, place: Place | null): string {
  const params = new URLSearchParams(search);
  for (const name of NAMES) params.delete(name);
  if (place) {
    params.set('doc', place.document);
    if (place.page !== null) params.set('page', String(place.page + 1));
    if (place.end > place.start) params.set('at', `${place.start}-${place.end}`);
    if (place.boxes.length > 0) params.set('box', place.boxes.map(writeBox).join('~'));
    if (place.revision) params.set('rev', place.revision.slice(0, 12));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

export function placeIn(search: string): Place | null {
  const params = new URLSearchParams(search);
  const document = params.get('doc');
  if (!document) return null;
  const page = Number(params.get('page'));
  const [start = 0, end = 0] = (params.get('at') ?? '').split('-').map(Number);
  const boxes = (params.get('box') ?? '').split('~').map(readBox);
  return {
    document,
    page: Number.isInteger(page) && page > 0 ? page - 1 : null,
    start: Number.isInteger(start) && start >= 0 ? start : 0,
    end: Number.isInteger(end) && end >= 0 ? end : 0,
    boxes: boxes.filter((box) => box !== null),
    revision: params.get('rev'),
  };
}

export function samePlace(one: Place, other: Place): boolean {
  return one.document === other.document && one.start === other.start && one.end === other.end;
}

function writeBox(box: Box): string {
  const numbers = [box.x, box.y, box.width, box.height].map((value) => Math.round(value * 10) / 10);
  return [box.page, ...numbers].join('_');
}

function readBox(text: string): Box | null {
  const [page, x, y, width, height, ...rest] = text.split('_').map(Number);
  if (page === undefined || x === undefined || y === undefined) return null;
  if (width === undefined || height === undefined || rest.length > 0) return null;
  const finite = [page, x, y, width, height].every((value) => Number.isFinite(value));
  return finite ? { page, x, y, width, height } : null;
}
