import { expect, test, vi } from 'vitest';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import type { Sending } from '../api/upload';
import { Uploads } from './uploads';

const TARGET = { collection: 'c1', readers: [] };
const file = (name: string) => ({ file: new File(['x'], name), path: `folder/${name}` });

test('two files travel at a time, the others wait their turn', async () => {
  const done: (() => void)[] = [];
  const uploads = new Uploads(
    () => new Promise((resolve) => done.push(() => resolve({} as LibraryDocument))),
    async () => {},
  );
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  const states = () => uploads.snapshot().map(({ state }) => state);
  expect(states()).toEqual(['sending', 'sending', 'waiting']);
  done[0]?.();
  await vi.waitFor(() => expect(states()).toEqual(['taken', 'sending', 'sending']));
});

test('a file that is not taken says why, and the next one still goes', async () => {
  const uploads = new Uploads(
    async ({ path }) => {
      if (path.endsWith('a'))
        throw new Problem({ status: 413, code: 'too_large', detail: 'Too big' });
      return {} as LibraryDocument;
    },
    async () => {},
  );
  uploads.add(['a', 'b'].map(file), TARGET);
  await vi.waitFor(() => {
    expect(uploads.snapshot().map(({ state }) => state)).toEqual(['failed', 'taken']);
  });
  expect(uploads.snapshot()[0]?.problem?.detail).toBe('Too big');
});

test('a cancelled file is never sent', () => {
  const sent: string[] = [];
  const uploads = new Uploads(
    ({ path }) => {
      sent.push(path);
      return new Promise(() => {});
    },
    async () => {},
  );
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  uploads.cancel(uploads.snapshot()[2]?.key ?? -1);
  uploads.cancel(uploads.snapshot()[0]?.key ?? -1);
  expect(sent).toEqual(['folder/a', 'folder/b']);
  expect(uploads.snapshot().map(({ path }) => path)).toEqual(['folder/b']);
});

test('a file that goes in pieces is told to be away and back, and given up when cancelled', () => {
  const given: string[] = [];
  let tell: Sending | undefined;
  const uploads = new Uploads(
    (_, __, sending) => {
      tell = sending;
      return new Promise(() => {});
    },
    async (id) => void given.push(id),
  );
  uploads.add([file('a')], TARGET);
  tell?.onBegun('u1');
  tell?.onAway();
  expect(uploads.snapshot()[0]).toMatchObject({ state: 'away', id: 'u1' });
  tell?.onSent(1);
  expect(uploads.snapshot()[0]).toMatchObject({ state: 'sending', sent: 1 });
  uploads.cancel(uploads.snapshot()[0]?.key ?? -1);
  expect(given).toEqual(['u1']);
});

test('leaving the page loses what waits and small files, not a large one that is being sent', () => {
  const uploads = new Uploads(
    () => new Promise(() => {}),
    async () => {},
  );
  const large = new File([new Uint8Array(9 << 20)], 'large');
  uploads.add([{ file: large, path: 'large' }], TARGET);
  expect(uploads.lostByReload).toBe(false);
  uploads.add([file('small')], TARGET);
  expect(uploads.lostByReload).toBe(true);
});

test('stopping ends what is on its way, forgets it, and leaves the line to the next person', () => {
  const given: string[] = [];
  const signals: AbortSignal[] = [];
  const uploads = new Uploads(
    (_, __, sending) => {
      sending.onBegun('u1');
      signals.push(sending.signal);
      return new Promise(() => {});
    },
    async (id) => void given.push(id),
  );
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  uploads.stop();
  expect(uploads.snapshot()).toEqual([]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  expect(given).toEqual([]);
  uploads.add([file('theirs')], TARGET);
  expect(uploads.snapshot().map(({ state }) => state)).toEqual(['sending']);
});
