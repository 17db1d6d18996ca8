import { beforeEach, expect, test, vi } from 'vitest';
import type { LibraryDocument, PartialUpload } from '../api/types';
import { match, wanted } from './unfinished';
import { Uploads } from './uploads';

const PLANS = { collection: 'plans', readers: [] };
const MODIFIED = Date.parse('2026-05-01T10:00:00Z');

const file = (path: string, text = 'x') => ({
  file: new File([text], path.slice(path.lastIndexOf('/') + 1), { lastModified: MODIFIED }),
  path,
});
const paths = (all: readonly { path: string }[]) => all.map(({ path }) => path);

/** A tab as it is after loading the page; it never gets further than `sent` files. */
function tab(sent = 0): Uploads {
  let taken = 0;
  return new Uploads({
    upload: () =>
      taken++ < sent
        ? Promise.resolve({ id: 'd', state: 'READY' } as LibraryDocument)
        : new Promise(() => {}),
    discard: async () => {},
    document: async () => ({}) as LibraryDocument,
  });
}

beforeEach(() => sessionStorage.clear());

test('what was not sent when the page was left is known afterwards, small files too', async () => {
  const before = tab(1);
  before.belongTo('ada');
  before.add(
    ['f/a', 'f/b', 'f/c'].map((path) => file(path)),
    PLANS,
  );
  await vi.waitFor(() => expect(before.snapshot()[0]?.state).toBe('taken'));
  before.save();

  const after = tab();
  after.belongTo('ada');
  expect(after.unfinished()).toEqual([
    { path: 'f/b', target: PLANS },
    { path: 'f/c', target: PLANS },
  ]);
  after.add([file('f/b')], PLANS);
  expect(paths(after.unfinished())).toEqual(['f/c']);
  after.save();
  const again = tab();
  again.belongTo('ada');
  expect(paths(again.unfinished())).toEqual(['f/c', 'f/b']);
});

test('names are saved by themselves, and hold nothing of what is in the files', async () => {
  vi.useFakeTimers();
  const uploads = tab();
  uploads.belongTo('ada');
  uploads.add([file('secret-plan.txt', 'its contents')], PLANS);
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  const stored = JSON.stringify({ ...sessionStorage });
  expect(stored).toContain('secret-plan.txt');
  expect(stored).not.toContain('contents');
  expect(localStorage.length).toBe(0);
});

test('another person learns nothing of them, nor does whoever comes after signing out', () => {
  const adas = tab();
  adas.belongTo('ada');
  adas.add([file('f/a')], PLANS);
  adas.save();
  const bens = tab();
  bens.belongTo('ben');
  expect(bens.unfinished()).toEqual([]);
  expect(sessionStorage.length).toBe(0);

  adas.save();
  expect(sessionStorage.length).toBe(1);
  adas.stop();
  expect(sessionStorage.length).toBe(0);
  adas.save();
  expect(sessionStorage.length).toBe(0);
});

test('more names than a browser keeps are kept in part, and break nothing', () => {
  const setItem = Storage.prototype.setItem;
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (
    this: Storage,
    key,
    value,
  ) {
    if (value.length > 1000) throw new DOMException('full', 'QuotaExceededError');
    setItem.call(this, key, value);
  });
  const uploads = tab();
  uploads.belongTo('ada');
  uploads.add(
    Array.from({ length: 500 }, (_, at) => file(`f/${at}`)),
    PLANS,
  );
  uploads.save();
  full.mockRestore();
  const after = tab();
  after.belongTo('ada');
  expect(after.unfinished().length).toBeGreaterThan(50);
});

const begun = (path: string, bytes = 1): PartialUpload => ({
  id: `u-${path}`,
  collection: 'plans',
  path,
  readers: null,
  bytes,
  received: 0,
  modifiedAt: new Date(MODIFIED).toISOString(),
  expiresAt: '',
});

test('a file that the service has the beginning of is asked for once, and not while it is sent', () => {
  const uploads = tab();
  uploads.add([file('f/sending')], PLANS);
  const unfinished = ['f/large', 'f/small'].map((path) => ({ path, target: PLANS }));
  const all = wanted(unfinished, [begun('f/large'), begun('f/sending')], uploads.snapshot());
  expect(all.map((one) => [one.path, one.begun?.id])).toEqual([
    ['f/large', 'u-f/large'],
    ['f/small', undefined],
  ]);
});

test('a whole folder is taken up at once, or a folder in it, or a file alone', () => {
  const all = wanted(
    ['f/a', 'f/deep/b', 'f/deep/c', 'g/c'].map((path) => ({ path, target: PLANS })),
    [],
    [],
  );
  const found = (...chosen: string[]) =>
    paths(
      match(
        chosen.map((path) => file(path)),
        all,
      ).found,
    );
  expect(found('f/a', 'f/taken', 'f/deep/b', 'f/deep/c')).toEqual(['f/a', 'f/deep/b', 'f/deep/c']);
  expect(found('deep/b', 'deep/c')).toEqual(['f/deep/b', 'f/deep/c']);
  expect(found('b')).toEqual(['f/deep/b']);
  expect(found('c'), 'either of two can be meant').toEqual([]);
});

test('another file of the same name does not go on with what was begun', () => {
  const all = wanted([], [begun('f/a', 1)], []);
  expect(match([file('f/a', 'longer')], all)).toMatchObject({
    found: [],
    changed: [{ path: 'f/a' }],
  });
  expect(match([file('a')], all)).toMatchObject({ found: [{ path: 'f/a' }], changed: [] });
});
