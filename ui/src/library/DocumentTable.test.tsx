import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { documents } from '../api/client';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { LanguageProvider } from '../i18n';
import { DocumentTable } from './DocumentTable';

vi.mock('../api/client', () => ({ documents: vi.fn() }));

const TOTAL = 200;
const page = (offset: number, limit: number) => ({
  total: TOTAL,
  items: Array.from(
    { length: limit },
    (_, at) =>
      ({
        id: `d${offset + at}`,
        title: `Plan ${offset + at}`,
        state: 'READY',
        readers: [],
        bytes: 1,
        updatedAt: '2026-01-01T00:00:00Z',
      }) as unknown as LibraryDocument,
  ),
});

// jsdom lays nothing out.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(560);
});

function show() {
  const view = render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <LanguageProvider>
        <DocumentTable
          filter={{ sort: 'title' }}
          onSort={() => {}}
          filtered={false}
          onClear={() => {}}
          whenEmpty={null}
        />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  return (row: number) => {
    const body = view.container.querySelector('.documents');
    if (body) fireEvent.scroll(body, { target: { scrollTop: row * 56 } });
  };
}

test('a block that fails leaves the other rows, and is asked for again in its place', async () => {
  let fails = true;
  vi.mocked(documents).mockImplementation(async (_, offset, limit) => {
    if (fails && offset === 50) throw new Problem({ status: 503, detail: 'Not now.' });
    return page(offset, limit);
  });
  const scrollTo = show();
  expect(await screen.findByText('Plan 0')).toBeTruthy();
  scrollTo(45);
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect(screen.getByText('Plan 49')).toBeTruthy();
  // Also where nothing else is in view: the table stays where it is.
  scrollTo(70);
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe(String(TOTAL + 1));
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Plan 70')).toBeTruthy();
  expect(screen.queryByText('Not now.')).toBeNull();
});

test('where nothing is known at all, that is said instead of a table', async () => {
  vi.mocked(documents).mockRejectedValueOnce(new Problem({ status: 503, detail: 'Not now.' }));
  vi.mocked(documents).mockImplementation(async (_, offset, limit) => page(offset, limit));
  show();
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Plan 0')).toBeTruthy();
});

test('a library is not called empty while it is only the last search that found nothing', async () => {
  const none = { total: 0, items: [] };
  vi.mocked(documents).mockResolvedValueOnce(none);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const table = (q: string) => (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <DocumentTable
          filter={q ? { sort: 'title', q } : { sort: 'title' }}
          onSort={() => {}}
          filtered={q !== ''}
          onClear={() => {}}
          whenEmpty={<p>Nothing at all</p>}
        />
      </LanguageProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(table('no such'));
  expect(await screen.findByText('No document matches')).toBeTruthy();
  let come = (_: typeof none) => {};
  vi.mocked(documents).mockReturnValueOnce(
    new Promise((resolve) => {
      come = resolve;
    }),
  );
  rerender(table(''));
  expect(screen.queryByText('Nothing at all')).toBeNull();
  come(none);
  expect(await screen.findByText('Nothing at all')).toBeTruthy();
});
