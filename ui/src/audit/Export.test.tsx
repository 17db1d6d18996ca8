import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunningExport } from '../api/audit';
import { Export } from './Export';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function show(running: RunningExport[], nothing = false) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push(`${init.method} ${address}`);
    if (init.method === 'DELETE') running.splice(0);
    return init.method === 'DELETE'
      ? new Response(null, { status: 204 })
      : new Response(JSON.stringify(running));
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Export filter={{ act: 'question.asked' }} nothing={nothing} />
    </QueryClientProvider>,
  );
  return asked;
}

test('the browser writes the file itself, restricted as the filters are', async () => {
  const addresses: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    addresses.push(this.getAttribute('href') ?? '');
  });
  const asked = show([]);
  await userEvent.click(screen.getByRole('button', { name: 'Export evidence' }));
  expect(addresses).toEqual(['/api/v1/audit/export?act=question.asked&format=bundle']);
  expect(asked.every((one) => one === 'GET /api/v1/audit/exports')).toBe(true);
});

test('one that runs is shown wherever it was begun, and cancelled', async () => {
  const asked = show([
    {
      id: 'x1',
      format: 'csv',
      records: 500,
      total: 2000,
      waiting: 3,
      startedAt: '2026-05-03T10:12:00Z',
    },
  ]);
  expect(await screen.findByText('500 of 2,000 records')).toBeTruthy();
  expect(screen.getByText('The newest 3 records are not signed yet and not in it')).toBeTruthy();
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('500');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Export CSV' })).toBeTruthy());
  expect(asked).toContain('DELETE /api/v1/audit/exports/x1');
});

test('where no record matches there is nothing to export', () => {
  show([], true);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Export CSV' }).disabled).toBe(true);
});
