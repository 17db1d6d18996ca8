import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import type { Collection } from '../api/types';
import { FolderSheet } from './FolderSheet';

vi.mock('../api/client');
const service = vi.mocked(client);
const collection = (id: string, folders: boolean) =>
  ({ id, name: `The ${id}`, documents: 1, folders, readers: ['board'] }) as Collection;

beforeEach(() => {
  vi.resetAllMocks();
  service.groups.mockResolvedValue([{ name: 'board', description: '', members: 1 }]);
  service.folders.mockImplementation(async (id) =>
    id === 'plans' ? [{ path: 'wages', documents: 1, readers: null }] : [],
  );
});

async function show(...collections: Collection[]) {
  service.collections.mockResolvedValue(collections);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FolderSheet onClose={() => {}} />
    </QueryClientProvider>,
  );
  return screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
}

test('opens on the first collection that has folders', async () => {
  const save = await show(collection('memos', false), collection('plans', true));
  expect(await screen.findByRole('checkbox', { name: 'board' })).toBeTruthy();
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Collection' }).value).toBe(
    'plans',
  );
  expect(service.folders).toHaveBeenCalledExactlyOnceWith('plans');
  expect(save.disabled).toBe(false);
});

test.each([
  ['no collection has folders', [collection('memos', false)]],
  ['there is no collection', []],
])('says what to do, and saves nothing, where %s', async (_, collections) => {
  const save = await show(...collections);
  expect(await screen.findByText(/There is no folder that you may read yet/)).toBeTruthy();
  expect(save.disabled).toBe(true);
});
