import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import { Problem } from '../api/http';
import type { Collection, Group, User } from '../api/types';
import { FolderSheet } from '../library/FolderSheet';
import { CollectionSheet } from './CollectionsTab';
import { UserSheet } from './UserSheet';

vi.mock('../api/client');
const service = vi.mocked(client);

const GROUPS: Group[] = ['everyone', 'board', 'staff'].map((name) => ({
  name,
  description: '',
  members: 1,
}));
const ANNA: User = {
  id: 'u1',
  username: 'anna',
  displayName: 'Anna Kovac',
  roles: ['EMPLOYEE'],
  groups: ['board'],
  disabled: false,
  mustChangePassword: false,
  lockedUntil: null,
  createdAt: '2026-01-01T00:00:00Z',
};
const PAPERS: Collection = {
  id: 'c1',
  name: 'Papers',
  description: '',
  documents: 1,
  folders: true,
  readers: ['board'],
  contributors: ['staff'],
  mayAdd: true,
};

beforeEach(() => {
  vi.resetAllMocks();
  service.collections.mockResolvedValue([PAPERS]);
  service.folders.mockResolvedValue([{ path: 'wages', documents: 1, readers: ['board'] }]);
});

const SHEETS: [string, ReactElement, () => unknown[] | undefined, unknown][] = [
  [
    'an account',
    <UserSheet key="u" user={ANNA} onClose={() => {}} />,
    () => service.changeUser.mock.lastCall,
    expect.objectContaining({ groups: ['board'] }),
  ],
  [
    'a collection',
    <CollectionSheet key="c" collection={PAPERS} onClose={() => {}} />,
    () => service.changeCollection.mock.lastCall,
    expect.objectContaining({ readers: ['board'], contributors: ['staff'] }),
  ],
  [
    'a folder',
    <FolderSheet key="f" onClose={() => {}} />,
    () => service.labelFolder.mock.lastCall,
    ['board'],
  ],
];

function show(sheet: ReactElement) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}>{sheet}</QueryClientProvider>);
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  return { user: userEvent.setup(), save };
}

describe.each(SHEETS)('%s', (_, sheet, saved, expected) => {
  test('is not saved before the groups are there, and keeps them then', async () => {
    let arrive = (_: Group[]) => {};
    service.groups.mockReturnValue(new Promise((resolve) => (arrive = resolve)));
    const { user, save } = show(sheet);
    expect(screen.getByText('Loading')).toBeTruthy();
    await user.click(save);
    expect(saved()).toBeUndefined();

    arrive(GROUPS);
    await waitFor(() => expect(save.disabled).toBe(false));
    expect(screen.queryByText('Loading')).toBeNull();
    await user.click(save);
    expect(saved()?.at(-1)).toEqual(expected);
  });

  test('says that the groups did not come, and asks for them again', async () => {
    service.groups.mockRejectedValueOnce(new Problem({ detail: 'The database is away.' }));
    service.groups.mockResolvedValue(GROUPS);
    const { user, save } = show(sheet);
    expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');
    await user.click(save);
    expect(saved()).toBeUndefined();

    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(save.disabled).toBe(false));
    await user.click(save);
    expect(saved()?.at(-1)).toEqual(expected);
  });
});

test('a group that an account is taken out of is the only one that goes', async () => {
  service.groups.mockResolvedValue(GROUPS);
  const { user, save } = show(
    <UserSheet user={{ ...ANNA, groups: ['board', 'staff'] }} onClose={() => {}} />,
  );
  await user.click(await screen.findByRole('checkbox', { name: 'board' }));
  await user.click(save);
  expect(service.changeUser.mock.lastCall?.[1].groups).toEqual(['staff']);
});
