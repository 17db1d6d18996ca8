import type { Citation } from '../api/types';

/** The name of a document's file, where it tells anything that the title does not. */
export function fileBeside({ title, path }: Citation): string | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const told = new Set(words(title));
  return words(file.replace(/\.\w+$/, '')).every((word) => told.has(word)) ? null : file;
}

/** What a document is called in one phrase. */
export function nameOf(citation: Citation): string {
  const file = fileBeside(citation);
  return file ? `${citation.title} (${file})` : citation.title;
}

/** Words and numbers, also where nothing parts them, as in 2024Q2. */
function words(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []
  );
}
