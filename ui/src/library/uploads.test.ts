import { expect, test, vi } from 'vitest';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { Uploads } from './uploads';

const TARGET = { collection: 'c1', readers: [] };
const file = (name: string) => ({ file: new File(['x'], name), path: `folder/${name}` });

test('two files travel at a time, the others wait their turn', async () => {
  const done: (() => void)[] = [];
  const uploads = new Uploads(
    () => new Promise((resolve) => done.push(() => resolve({} as LibraryDocument))),
  );
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  const states = () => uploads.snapshot().map(({ state }) => state);
  expect(states()).toEqual(['sending', 'sending', 'waiting']);
  done[0]?.();
  await vi.waitFor(() => expect(states()).toEqual(['taken', 'sending', 'sending']));
});

test('a file that is not taken says why, and the next one still goes', async () => {
  const uploads = new Uploads(async ({ path }) => {
    if (path.endsWith('a'))
      throw new Problem({ status: 413, code: 'too_large', detail: 'Too big' });
    return {} as LibraryDocument;
  });
  uploads.add(['a', 'b'].map(file), TARGET);
  await vi.waitFor(() => {
    expect(uploads.snapshot().map(({ state }) => state)).toEqual(['failed', 'taken']);
  });
  expect(uploads.snapshot()[0]?.problem?.detail).toBe('Too big');
});

test('a cancelled file is never sent', () => {
  const sent: string[] = [];
  const uploads = new Uploads(({ path }) => {
    sent.push(path);
    return new Promise(() => {});
  });
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  uploads.cancel(uploads.snapshot()[2]?.key ?? -1);
  uploads.cancel(uploads.snapshot()[0]?.key ?? -1);
  expect(sent).toEqual(['folder/a', 'folder/b']);
  expect(uploads.snapshot().map(({ path }) => path)).toEqual(['folder/b']);
});
