import type { PartialUpload } from '../api/types';
import type { Incoming } from './dropped';
import type { Target, Upload } from './uploads';

/** A file that was not sent completely when the page was left. */
export interface Unfinished {
  path: string;
  target: Target;
}

interface Kept {
  person: string;
  batches: { target: Target; paths: string[] }[];
}

// Of this tab, until its session ends: where files were to go, never what is in them.
const KEY = 'docent.unfinished';

/** The names of one person's files that are not sent, kept over a reload. */
export const kept = {
  /** What is kept of somebody else is forgotten. */
  read(person: string): Unfinished[] {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
    if (found?.person !== person) {
      kept.clear();
      return [];
    }
    return found.batches.flatMap(({ target, paths }) => paths.map((path) => ({ path, target })));
  },

  write(person: string, files: readonly Unfinished[]): void {
    if (files.length === 0) {
      kept.clear();
      return;
    }
    const batches = byTarget(files).map((batch) => ({
      target: batch.target,
      paths: batch.files.map(({ path }) => path),
    }));
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ person, batches } satisfies Kept));
    } catch {
      // A browser keeps some 5 million characters: of more files, the first ones.
      kept.write(person, files.slice(0, files.length >> 1));
    }
  },

  clear: (): void => sessionStorage.removeItem(KEY),
};

/** Files by where they go. */
export function byTarget<File extends { target: Target }>(
  files: readonly File[],
): { target: Target; files: File[] }[] {
  const found = new Map<string, { target: Target; files: File[] }>();
  for (const file of files) {
    const key = JSON.stringify(file.target);
    const batch = found.get(key);
    if (batch) batch.files.push(file);
    else found.set(key, { target: file.target, files: [file] });
  }
  return [...found.values()];
}

/** A file to be chosen again; the service has the beginning of a large one. */
export interface Wanted extends Unfinished {
  begun: PartialUpload | null;
}

/**
 * What is known here and what the service has, each file once.
 *
 * @param known what is in the list of uploads already
 */
export function wanted(
  unfinished: readonly Unfinished[],
  begun: readonly PartialUpload[],
  known: readonly Upload[],
): Wanted[] {
  const ids = new Set(known.map(({ id }) => id));
  const places = new Set(known.filter(({ state }) => state !== 'taken').map(placeOf));
  const parts = begun
    .map((upload) => ({
      path: upload.path,
      target: { collection: upload.collection, readers: upload.readers ?? [] },
      begun: upload,
    }))
    .filter((one) => !ids.has(one.begun.id) && !places.has(placeOf(one)));
  const begunPlaces = new Set(parts.map(placeOf));
  const rest = unfinished.filter((one) => !begunPlaces.has(placeOf(one)));
  return [...parts, ...rest.map((one) => ({ ...one, begun: null }))];
}

export interface Match {
  found: (Incoming & { wanted: Wanted })[];
  /** The file of this name is another one than was begun: what is there of it cannot be gone on with. */
  changed: Wanted[];
}

/**
 * Which of the files are wanted: by their path, or by the end of it where a folder further in, or
 * the file alone, was chosen and only one can be meant.
 */
export function match(files: readonly Incoming[], all: readonly Wanted[]): Match {
  const byName = new Map<string, Wanted[]>();
  for (const one of all) {
    const name = nameOf(one.path);
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  const result: Match = { found: [], changed: [] };
  for (const { file, path } of files) {
    const named = byName.get(nameOf(path)) ?? [];
    const whole = named.filter((one) => one.path === path);
    const meant = whole.length > 0 ? whole : named.filter((one) => one.path.endsWith(`/${path}`));
    const same = meant.filter(({ begun }) => !begun || isSame(file, begun));
    if (same.length === 1 || (same.length > 0 && whole.length > 0)) {
      result.found.push(...same.map((each) => ({ file, path: each.path, wanted: each })));
    } else if (same.length === 0) result.changed.push(...meant);
  }
  return result;
}

const isSame = (file: File, begun: PartialUpload) =>
  file.size === begun.bytes && file.lastModified === Date.parse(begun.modifiedAt);

/** Where a file goes, as one word. */
export const placeOf = ({ path, target }: Unfinished) => `${target.collection}/${path}`;

export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
