import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { collections } from '../api/client';
import { Problem } from '../api/http';
import { LanguageProvider } from '../i18n';
import type { Gathered } from './dropped';
import { UploadSheet } from './UploadSheet';

vi.mock('../api/client', () => ({
  collections: vi.fn(),
  createCollection: vi.fn(),
  groups: vi.fn(),
  discardUpload: vi.fn(),
  document: vi.fn(),
}));
vi.mock('../app/session', () => ({ useMe: () => ({ roles: ['EMPLOYEE'] }) }));

const FILE = { file: new File(['x'], 'a.txt'), path: 'plans/a.txt' };

function show(gathered: Partial<Gathered>) {
  render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <LanguageProvider>
        <UploadSheet
          gathered={{ files: [], hidden: [], unreadable: [], ...gathered }}
          collection={undefined}
          onClose={() => {}}
        />
      </LanguageProvider>
    </QueryClientProvider>,
  );
}

test('says that the collections cannot be had, and asks for them again', async () => {
  vi.mocked(collections).mockRejectedValueOnce(new Problem({ status: 503, detail: 'Not now.' }));
  vi.mocked(collections).mockResolvedValueOnce([
    { id: 'c1', name: 'Plans', mayAdd: true } as Awaited<ReturnType<typeof collections>>[number],
  ]);
  show({ files: [FILE] });
  expect((await screen.findByRole('alert')).textContent).toContain('Not now.');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('option', { name: 'Plans' })).toBeTruthy();
});

test('names what is left out, also where nothing is left', async () => {
  show({ hidden: ['.git', '.DS_Store'], unreadable: ['plans/locked'] });
  expect(await screen.findByRole('heading', { name: 'Nothing to add' })).toBeTruthy();
  expect(screen.getByText(/2 hidden files or folders are left out/)).toBeTruthy();
  expect(screen.getByText('.git, .DS_Store')).toBeTruthy();
  expect(screen.getByText('plans/locked')).toBeTruthy();
});
