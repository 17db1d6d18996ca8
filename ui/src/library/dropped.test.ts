import { expect, test } from 'vitest';
import { chosen, dropped } from './dropped';

const unreadable = new DOMException('no', 'NotReadableError');

function file(fullPath: string, broken = false): FileSystemEntry {
  const name = nameOf(fullPath);
  return {
    isFile: true,
    isDirectory: false,
    fullPath,
    name,
    file: (found: (file: File) => void, failed: (error: Error) => void) =>
      broken ? failed(unreadable) : found(new File(['x'], name)),
  } as unknown as FileSystemEntry;
}

/** Gives its entries by twos, as a browser does by hundreds; a broken one fails after the first. */
function folder(fullPath: string, entries: FileSystemEntry[], broken = false): FileSystemEntry {
  return {
    isFile: false,
    isDirectory: true,
    fullPath,
    name: nameOf(fullPath),
    createReader: () => {
      let at = 0;
      return {
        readEntries: (found: (some: FileSystemEntry[]) => void, failed: (error: Error) => void) => {
          if (broken && at > 0) return failed(unreadable);
          at += 2;
          found(entries.slice(at - 2, at));
        },
      };
    },
  } as unknown as FileSystemEntry;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function drop(...entries: FileSystemEntry[]): DataTransfer {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  return { items, files: [] } as unknown as DataTransfer;
}

test('a folder comes in order with all that is in it, hidden files and folders apart', async () => {
  const { files, hidden, unreadable } = await dropped(
    drop(
      folder('/plans', [
        file('/plans/a.txt'),
        file('/plans/.DS_Store'),
        folder('/plans/.git', [file('/plans/.git/HEAD')]),
        folder('/plans/deep', [file('/plans/deep/b.c.txt')]),
      ]),
      file('/c.txt'),
    ),
  );
  expect(files.map(({ path }) => path)).toEqual(['c.txt', 'plans/a.txt', 'plans/deep/b.c.txt']);
  expect(hidden).toEqual(['plans/.DS_Store', 'plans/.git']);
  expect(unreadable).toEqual([]);
});

test('what cannot be opened is named, and takes nothing else with it', async () => {
  const { files, unreadable } = await dropped(
    drop(
      folder('/plans', [
        file('/plans/gone.txt', true),
        folder('/plans/locked', [file('/plans/locked/a'), file('/plans/locked/b')], true),
        file('/plans/c.txt'),
      ]),
    ),
  );
  expect(files.map(({ path }) => path)).toEqual([
    'plans/c.txt',
    'plans/locked/a',
    'plans/locked/b',
  ]);
  expect(unreadable).toEqual(['plans/gone.txt', 'plans/locked']);
});

test('a chosen folder is without what is hidden in it too', () => {
  const inside = (path: string) =>
    Object.defineProperty(new File(['x'], nameOf(path)), 'webkitRelativePath', { value: path });
  const { files, hidden } = chosen(
    ['p/a.b/c.txt', 'p/.git/HEAD', 'p/.git/refs/main', 'p/sub/.env', 'p/z.txt'].map(inside),
  );
  expect(files.map(({ path }) => path)).toEqual(['p/a.b/c.txt', 'p/z.txt']);
  expect(hidden).toEqual(['p/.git', 'p/sub/.env']);
});
