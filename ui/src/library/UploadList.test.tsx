import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { document as documentById } from '../api/client';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { upload } from '../api/upload';
import { LanguageProvider } from '../i18n';
import { UploadList } from './UploadList';
import { uploads } from './uploads';

vi.mock('../api/client', () => ({
  document: vi.fn(),
  discardUpload: vi.fn(),
  unfinishedUploads: async () => [],
}));
vi.mock('../api/upload', () => ({ goesInPieces: () => false, upload: vi.fn() }));

const TARGET = { collection: 'c1', readers: [] };
const files = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    file: new File(['x'], `${at}.txt`),
    path: `plans/${at}.txt`,
  }));

// jsdom lays nothing out: here every row is 40 pixels high, and the list 320.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(320);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(40);
});
afterEach(() => {
  uploads.stop();
  vi.restoreAllMocks();
});

async function shown() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <UploadList />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  return within(await screen.findByRole('region', { name: 'Uploads' }));
}

test('counts all files, and reaches the last of very many while few of them exist', async () => {
  vi.mocked(upload).mockReturnValue(new Promise(() => {}));
  uploads.add(files(5000), TARGET);
  const list = await shown();
  expect(list.getByRole('heading', { name: '5,000 of 5,000 documents being added' })).toBeTruthy();
  expect(list.getByText('plans/0.txt')).toBeTruthy();
  expect(list.queryByText('plans/4999.txt')).toBeNull();
  expect(list.getAllByRole('listitem').length).toBeLessThan(50);
  const scroller = list.getByRole('group', { name: 'Uploads' });
  fireEvent.scroll(scroller, { target: { scrollTop: 5000 * 40 } });
  expect(await list.findByText('plans/4999.txt')).toBeTruthy();
});

test('says in full why a file was not taken and what to do, first of all', async () => {
  const reason = 'The file is protected by a password.';
  const whatToDo = 'Remove the password and add it again.';
  vi.mocked(upload).mockImplementation(async (_, { path }) => {
    const id = path;
    if (!path.endsWith('1.txt')) return { id, state: 'READY', reason: null } as LibraryDocument;
    return { id, state: 'REJECTED', reason, whatToDo } as LibraryDocument;
  });
  uploads.add(files(2), TARGET);
  const list = await shown();
  await list.findByRole('heading', { name: '1 document added · 1 not taken' });
  expect(list.getByRole('status').textContent).toBe('1 document added, 1 not taken');
  const first = list.getAllByRole('listitem')[0];
  expect(first?.textContent).toContain(reason);
  expect(first?.textContent).toContain(whatToDo);
});

test('says how many are on their way, then that they are added, with what can be done in its place', async () => {
  const sent: ((document: LibraryDocument) => void)[] = [];
  vi.mocked(upload).mockImplementation(() => new Promise((resolve) => sent.push(resolve)));
  uploads.add(files(2), TARGET);
  const list = await shown();
  const clear = list.getByRole<HTMLButtonElement>('button', { name: 'Clear finished' });
  list.getByRole('heading', { name: '2 of 2 documents being added' });
  expect(list.getByRole('status').textContent).toBe('');
  expect(clear.disabled).toBe(true);
  const ready = { id: 'd', state: 'READY', reason: null } as LibraryDocument;
  sent[0]?.(ready);
  await list.findByRole('heading', { name: '1 of 2 documents being added' });
  expect(clear.disabled).toBe(false);
  sent[1]?.(ready);
  await list.findByRole('heading', { name: '2 documents added' });
  expect(list.getByRole('status').textContent).toBe('2 documents added');
});

test('a document is asked about as soon as its words are found', async () => {
  const user = userEvent.setup();
  const read = [
    { id: 'd0', state: 'READING', progress: null },
    { id: 'd1', state: 'WORDS', progress: { unit: 'PASSAGE', at: 1, of: 3 } },
    { id: 'd2', state: 'READY', progress: null },
  ] as LibraryDocument[];
  const at = (place: number) => read[place] as LibraryDocument;
  vi.mocked(upload).mockImplementation(async (_, { path }) =>
    at(Number.parseInt(path.slice(6), 10)),
  );
  vi.mocked(documentById).mockImplementation(async (id) => at(Number(id.slice(1))));
  uploads.add(files(3), TARGET);
  const list = await shown();
  const told = 'You can ask now; finding by meaning follows: 33 %';
  expect(await list.findByText(told)).toBeTruthy();
  const links = await list.findAllByRole('link', { name: /^Ask about it/ });
  expect(links.map((link) => link.getAttribute('aria-label'))).toEqual([
    'Ask about it: plans/1.txt',
    'Ask about it: plans/2.txt',
  ]);
  links[0]?.focus();
  await user.keyboard('{Enter}');
  expect(window.location.pathname + window.location.search).toBe('/?only=d1');
});

test('what could not be sent is tried again, one by one or all at once', async () => {
  const user = userEvent.setup();
  vi.mocked(upload).mockRejectedValue(new Problem({ status: 507, detail: 'There is no room.' }));
  uploads.add(files(3), TARGET);
  const list = await shown();
  await list.findByRole('heading', { name: '3 not taken' });
  expect(list.getAllByText('There is no room.').length).toBeGreaterThan(0);
  vi.mocked(upload).mockResolvedValue({ state: 'READY', reason: null } as LibraryDocument);
  await user.click(list.getByRole('button', { name: 'Try plans/0.txt again' }));
  await list.findByRole('heading', { name: '1 document added · 2 not taken' });
  await user.click(list.getByRole('button', { name: 'Try all 2 again' }));
  await list.findByRole('heading', { name: '3 documents added' });
});
