import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { documents } from '../api/client';
import type { LibraryDocument } from '../api/types';
import { upload } from '../api/upload';
import { LanguageProvider } from '../i18n';
import LibraryPage from './LibraryPage';
import { uploads } from './uploads';

const EMPTY = 'There is no document here yet';
const ADDED = { id: 'd1', title: 'Weir', state: 'READY', reason: null, readers: [] };

vi.mock('../api/client', () => ({
  collections: async () => [],
  documents: vi.fn(),
  document: vi.fn(),
  discardUpload: vi.fn(),
  unfinishedUploads: async () => [],
}));
vi.mock('../api/upload', () => ({ goesInPieces: () => false, upload: vi.fn() }));
vi.mock('../app/session', () => ({ useMe: () => ({ roles: ['ADMINISTRATOR'] }) }));

afterEach(() => uploads.stop());

test('does not say that nothing is here while something is being added, nor until it is listed', async () => {
  vi.mocked(documents).mockResolvedValue({ total: 0, items: [] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <LibraryPage />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  expect(await screen.findByText(EMPTY)).toBeTruthy();

  let taken = (_: LibraryDocument) => {};
  vi.mocked(upload).mockReturnValue(
    new Promise((resolve) => {
      taken = resolve;
    }),
  );
  uploads.add([{ file: new File(['x'], 'weir.txt'), path: 'weir.txt' }], {
    collection: 'c1',
    readers: [],
  });
  await waitFor(() => expect(screen.queryByText(EMPTY)).toBeNull());

  let listed = (_: Awaited<ReturnType<typeof documents>>) => {};
  vi.mocked(documents).mockReturnValue(
    new Promise((resolve) => {
      listed = resolve;
    }),
  );
  taken(ADDED as unknown as LibraryDocument);
  expect(await screen.findByRole('heading', { name: '1 document added' })).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(EMPTY)).toBeNull());
  listed({ total: 1, items: [ADDED as unknown as LibraryDocument] });
  expect(await screen.findByRole('table')).toBeTruthy();
  expect(screen.queryByText(EMPTY)).toBeNull();
});
