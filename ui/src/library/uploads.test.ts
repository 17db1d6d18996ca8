import { expect, test, vi } from 'vitest';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import type { Sending } from '../api/upload';
import { outcomeOf, type UploadService, Uploads } from './uploads';

const TARGET = { collection: 'c1', readers: [] };
const DOCUMENT = { id: 'd1', state: 'QUEUED' } as LibraryDocument;
const forever = () => new Promise<never>(() => {});
const withService = (service: Partial<UploadService>) =>
  new Uploads({
    upload: forever,
    discard: async () => {},
    document: async (id) => ({ ...DOCUMENT, id }),
    ...service,
  });
const file = (name: string) => ({ file: new File(['x'], name), path: `folder/${name}` });

test('two files travel at a time, the others wait their turn', async () => {
  const done: (() => void)[] = [];
  const uploads = withService({
    upload: () => new Promise((resolve) => done.push(() => resolve(DOCUMENT))),
  });
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  const states = () => uploads.snapshot().map(({ state }) => state);
  expect(states()).toEqual(['sending', 'sending', 'waiting']);
  done[0]?.();
  await vi.waitFor(() => expect(states()).toEqual(['taken', 'sending', 'sending']));
});

test('a file that is not taken says why, and the next one still goes', async () => {
  const uploads = withService({
    upload: async ({ path }) => {
      if (path.endsWith('a'))
        throw new Problem({ status: 413, code: 'too_large', detail: 'Too big' });
      return DOCUMENT;
    },
  });
  uploads.add(['a', 'b'].map(file), TARGET);
  await vi.waitFor(() => {
    expect(uploads.snapshot().map(({ state }) => state)).toEqual(['failed', 'taken']);
  });
  expect(uploads.snapshot()[0]?.problem?.body.detail).toBe('Too big');
});

test('a cancelled file is never sent', () => {
  const sent: string[] = [];
  const uploads = withService({
    upload: ({ path }) => {
      sent.push(path);
      return forever();
    },
  });
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  uploads.cancel(uploads.snapshot()[2]?.key ?? -1);
  uploads.cancel(uploads.snapshot()[0]?.key ?? -1);
  expect(sent).toEqual(['folder/a', 'folder/b']);
  expect(uploads.snapshot().map(({ path }) => path)).toEqual(['folder/b']);
});

test('a file that goes in pieces is told to be away and back, and given up when cancelled', () => {
  const given: string[] = [];
  let tell: Sending | undefined;
  const uploads = withService({
    upload: (_, __, sending) => {
      tell = sending;
      return forever();
    },
    discard: async (id) => void given.push(id),
  });
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
  const uploads = withService({});
  const large = new File([new Uint8Array(9 << 20)], 'large');
  uploads.add([{ file: large, path: 'large' }], TARGET);
  expect(uploads.lostByReload).toBe(false);
  uploads.add([file('small')], TARGET);
  expect(uploads.lostByReload).toBe(true);
});

test('stopping ends what is on its way, forgets it, and leaves the line to the next person', () => {
  const given: string[] = [];
  const signals: AbortSignal[] = [];
  const uploads = withService({
    upload: (_, __, sending) => {
      sending.onBegun('u1');
      signals.push(sending.signal);
      return forever();
    },
    discard: async (id) => void given.push(id),
  });
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  uploads.stop();
  expect(uploads.snapshot()).toEqual([]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  expect(given).toEqual([]);
  uploads.add([file('theirs')], TARGET);
  expect(uploads.snapshot().map(({ state }) => state)).toEqual(['sending']);
});

test('one that failed is sent again, or all of them', async () => {
  let away = true;
  const uploads = withService({
    upload: async ({ path }) => {
      if (away && !path.endsWith('d')) throw new Problem({ status: 507, detail: 'No room' });
      return { ...DOCUMENT, state: 'READY' };
    },
  });
  const outcomes = () => uploads.snapshot().map(outcomeOf);
  uploads.add(['a', 'b', 'c', 'd'].map(file), TARGET);
  await vi.waitFor(() => expect(outcomes()).toEqual(['failed', 'failed', 'failed', 'done']));
  away = false;
  uploads.retry(uploads.snapshot()[1]?.key);
  await vi.waitFor(() => expect(outcomes()).toEqual(['failed', 'done', 'failed', 'done']));
  uploads.retry();
  await vi.waitFor(() => expect(outcomes()).toEqual(['done', 'done', 'done', 'done']));
});

test('a document that cannot be read counts as failed, and one that is being read as running', async () => {
  const states: Record<string, LibraryDocument['state']> = { a: 'REJECTED', b: 'READING' };
  const uploads = withService({
    upload: async ({ file: { name } }) => ({ ...DOCUMENT, id: name }),
    document: async (id) => ({ ...DOCUMENT, id, state: states[id] ?? 'READY' }),
  });
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  await vi.waitFor(() => expect(uploads.snapshot()[2]?.state).toBe('taken'));
  await uploads.look();
  expect(uploads.snapshot().map(outcomeOf)).toEqual(['failed', 'running', 'done']);
  uploads.clearFinished();
  expect(uploads.snapshot().map(({ path }) => path)).toEqual(['folder/b']);
});

test('whoever may not see what they add asks for it a few times, not for all', async () => {
  let asked = 0;
  const uploads = withService({
    upload: async () => DOCUMENT,
    document: async () => {
      asked++;
      throw new Problem({ status: 404 });
    },
  });
  uploads.add(
    Array.from({ length: 50 }, (_, at) => file(String(at))),
    TARGET,
  );
  await vi.waitFor(() => expect(uploads.snapshot().at(-1)?.state).toBe('taken'));
  for (let times = 0; times < 10; times++) await uploads.look();
  expect(asked).toBeLessThan(10);
  expect(new Set(uploads.snapshot().map(outcomeOf))).toEqual(new Set(['done']));
});

test('where the session ends, what is not sent waits for the same person', async () => {
  let signedIn = true;
  const began: string[] = [];
  const uploads = withService({
    upload: ({ path }, _, { signal }) => {
      began.push(path);
      return new Promise((resolve, reject) => {
        if (path.endsWith('a')) {
          if (!signedIn) resolve(DOCUMENT);
          else
            queueMicrotask(() => {
              signedIn = false;
              uploads.pause();
              reject(new Problem({ status: 401 }));
            });
        }
        signal.addEventListener('abort', () => reject(new Problem({ code: 'CANCELLED' })));
      });
    },
  });
  uploads.belongTo('ada');
  uploads.add(['a', 'b', 'c'].map(file), TARGET);
  const states = () => uploads.snapshot().map(({ state }) => state);
  await vi.waitFor(() => expect(states()).toEqual(['waiting', 'waiting', 'waiting']));
  expect(began).toEqual(['folder/a', 'folder/b']);

  uploads.belongTo('ada');
  await vi.waitFor(() => expect(states()).toEqual(['taken', 'sending', 'sending']));
});

test('where the session ends and somebody else signs in, nothing is left of it', async () => {
  const uploads = withService({});
  uploads.belongTo('ada');
  uploads.add(['a', 'b'].map(file), TARGET);
  uploads.save();
  uploads.pause();
  uploads.belongTo('ben');
  expect(uploads.snapshot()).toEqual([]);
  expect(uploads.unfinished()).toEqual([]);
  expect(sessionStorage.length).toBe(0);
  uploads.add([file('theirs')], TARGET);
  expect(uploads.snapshot().map(({ state }) => state)).toEqual(['sending']);
});
