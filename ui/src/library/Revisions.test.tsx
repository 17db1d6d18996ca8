import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import * as client from '../api/client';
import type { LibraryDocument } from '../api/types';
import { Revisions } from './Revisions';

const DOCUMENT = { id: 'tides', revision: 'bb' } as LibraryDocument;

test('are asked for when somebody opens them, and told newest first', async () => {
  const asked = vi.spyOn(client, 'revisions').mockResolvedValue([
    { number: 2, sha256: 'bb', bytes: 29, acceptedAt: '2026-11-02T08:00:00Z' },
    { number: 1, sha256: 'aa', bytes: 19, acceptedAt: '2026-11-01T08:00:00Z' },
  ]);
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <Revisions document={DOCUMENT} />
    </QueryClientProvider>,
  );
  expect(asked).not.toHaveBeenCalled();

  const details = container.querySelector('details') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));

  expect(await screen.findByText('Revision 2')).toBeTruthy();
  expect([...container.querySelectorAll('dt')].map((name) => name.textContent)).toEqual([
    'Revision 2',
    'Revision 1',
  ]);
  expect(container.querySelector('dd')?.textContent).toContain('29 byte');
  expect(asked).toHaveBeenCalledExactlyOnceWith('tides');
});
