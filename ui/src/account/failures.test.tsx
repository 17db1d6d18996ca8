import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import { Problem } from '../api/http';
import { ScopePicker } from '../ask/ScopePicker';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

vi.mock('../api/client');
const service = vi.mocked(client);
const AWAY = new Problem({ detail: 'The database is away.' });
const AT = '2026-01-01T00:00:00Z';

beforeEach(() => {
  vi.resetAllMocks();
});

function show(part: ReactElement) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}>{part}</QueryClientProvider>);
  return userEvent.setup();
}

test('a session that could not be ended is said to go on', async () => {
  service.sessions.mockResolvedValue([
    { id: 's', userAgent: 'x', createdAt: AT, lastSeenAt: AT, expiresAt: AT, current: false },
  ]);
  service.closeSession.mockRejectedValueOnce(AWAY);
  const user = show(<Sessions />);
  await user.click(await screen.findByRole('button', { name: 'Sign out there' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');

  service.closeSession.mockResolvedValueOnce();
  await user.click(screen.getByRole('button', { name: 'Sign out there' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a token that could not be revoked is said to be good still', async () => {
  service.tokens.mockResolvedValue([
    { id: 't', name: 'robot', createdAt: AT, expiresAt: null, lastUsedAt: null },
  ]);
  service.revokeToken.mockRejectedValueOnce(AWAY);
  const user = show(<Tokens />);
  expect(screen.getByText('Loading')).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');
  expect(screen.getByText('robot')).toBeTruthy();
});

test('where to search is loading, failed, and there after all', async () => {
  service.collections.mockRejectedValueOnce(AWAY);
  service.collections.mockResolvedValue([]);
  const user = show(<ScopePicker chosen={[]} onChange={() => {}} />);
  expect(screen.getByText('Loading')).toBeTruthy();
  expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Open the library')).toBeTruthy();
});
