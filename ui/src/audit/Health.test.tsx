import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { LogHealth } from '../api/audit';
import { Health } from './Health';

const WELL: LogHealth = {
  state: 'sealing',
  reason: '',
  head: { origin: 'log', epoch: 1, size: 12, root: 'ab', signedAt: '2026-05-03T10:12:00Z' },
  waiting: 0,
  lagMillis: 0,
  witness: { state: 'signed', reason: '', lastSigned: '2026-05-03T10:12:00Z' },
  witnessed: { witnesses: ['w'], size: 12, signedAt: '2026-05-03T10:12:00Z' },
  syslogProblem: null,
  verification: {
    running: false,
    checked: 12,
    at: '2026-05-03T10:00:00Z',
    valid: true,
    size: 12,
    firstBad: null,
  },
};

function show(health: LogHealth) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push(`${init.method} ${address}`);
    const body = init.method === 'POST' ? health.verification : health;
    return new Response(JSON.stringify(body), { status: 200 });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Health />
    </QueryClientProvider>,
  );
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test('a log that is well says so without an alarm', async () => {
  show(WELL);
  expect(await screen.findByText(/^12 records, nothing wrong/)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a witness that knows another history is an alarm that says what to do', async () => {
  show({ ...WELL, witness: { state: 'conflict', reason: '9 records', lastSigned: null } });
  const alarm = await screen.findByRole('alert');
  expect(alarm.textContent).toContain('another history of this log');
  expect(alarm.textContent).toContain('tell your auditor');
  expect(alarm.textContent).toContain('9 records');
});

test('damage and a failed check are alarms, and stand before what mends itself', async () => {
  show({
    ...WELL,
    state: 'damaged',
    reason: 'the first 3 records',
    syslogProblem: 'ConnectException',
    verification: { ...WELL.verification, valid: false, firstBad: 7 },
  });
  expect(await screen.findAllByRole('alert')).toHaveLength(2);
  expect(screen.getByText(/place 7 of the log/)).toBeTruthy();
  const notices = document.querySelectorAll('.notice');
  expect(notices[2]?.textContent).toContain('syslog');
});

test('another process that seals is no problem, a folder that cannot be written is one', async () => {
  show({ ...WELL, state: 'folder_unavailable', reason: 'No space left' });
  expect(await screen.findByText(/copied cannot be written/)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a check is begun on demand', async () => {
  const asked = show(WELL);
  await userEvent.click(await screen.findByRole('button', { name: 'Check the log now' }));
  expect(asked).toContain('POST /api/v1/audit/verifications');
});
