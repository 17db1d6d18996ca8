import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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

test('a folder that somebody labelled can follow the one above again', async () => {
  service.folders.mockResolvedValue([
    { path: 'wages', documents: 1, readers: ['board'] },
    { path: 'wages/old', documents: 1, readers: null },
  ]);
  const user = userEvent.setup();
  const save = await show(collection('plans', true));
  await user.click(await screen.findByRole('checkbox', { name: /^As the folder above it says/ }));
  expect(screen.queryByRole('checkbox', { name: 'board' })).toBeNull();
  await user.click(save);
  expect(service.giveBackFolder).toHaveBeenCalledExactlyOnceWith('plans', 'wages');
  expect(service.labelFolder).not.toHaveBeenCalled();

  await user.selectOptions(screen.getByRole('combobox', { name: 'Folder' }), 'wages/old');
  expect(screen.queryByRole('checkbox', { name: /^As the folder above/ })).toBeNull();
});
