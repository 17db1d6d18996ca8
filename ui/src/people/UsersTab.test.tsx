import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import { Problem } from '../api/http';
import type { User } from '../api/types';
import { UsersTab } from './UsersTab';

vi.mock('../api/client');
const service = vi.mocked(client);
const ANNA: User = {
  id: 'u1',
  username: 'anna',
  displayName: 'Anna Kovac',
  roles: ['EMPLOYEE'],
  groups: [],
  disabled: false,
  mustChangePassword: false,
  lockedUntil: '2026-01-01T10:15:00Z',
  createdAt: '2026-01-01T00:00:00Z',
};

beforeEach(() => {
  vi.resetAllMocks();
  service.groups.mockResolvedValue([]);
});

async function open() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <UsersTab />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Change Anna Kovac' }));
  return user;
}

test('a locked account is shown as such, and unlocked', async () => {
  service.users.mockResolvedValueOnce([ANNA]);
  service.users.mockResolvedValue([{ ...ANNA, lockedUntil: null }]);
  const user = await open();
  expect(screen.getByRole('cell', { name: 'Locked', hidden: true })).toBeTruthy();
  expect(screen.getByText(/^Too many wrong passwords: locked until/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Unlock' }));
  expect(service.unlockUser).toHaveBeenCalledExactlyOnceWith('u1');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Unlock' })).toBeNull());
  expect(screen.getByRole('cell', { name: 'Active', hidden: true })).toBeTruthy();
});

test('the sessions of another person are ended, or said to go on', async () => {
  service.users.mockResolvedValue([ANNA]);
  const user = await open();
  service.endSessions.mockRejectedValueOnce(new Problem({ detail: 'The database is away.' }));
  await user.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
  expect(screen.getByRole('alert').textContent).toContain('The database is away.');
  await user.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
  expect(screen.getByText('Signed out everywhere.')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what a person may read is told when somebody wants to know', async () => {
  service.users.mockResolvedValue([ANNA]);
  service.readableBy.mockResolvedValue({
    documents: 1200,
    collections: [
      { id: 'c1', name: 'Papers', documents: 1200, folders: [{ path: 'pay', documents: 1 }] },
    ],
  });
  await open();
  expect(service.readableBy).not.toHaveBeenCalled();
  const details = screen.getByText('What this person may read').closest('details');
  if (!details) throw new Error('it unfolds');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(await screen.findByText('Papers')).toBeTruthy();
  expect(screen.getByText('in the folder “pay”: 1 document')).toBeTruthy();
  expect(service.readableBy).toHaveBeenCalledExactlyOnceWith('u1');
});
