import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import type { LibraryDocument, Readership as Readers } from '../api/types';
import { Readership } from './Readership';

vi.mock('../api/client');
const service = vi.mocked(client);
const WAGES = { id: 'd1', title: 'Wages', readers: ['hr'] } as LibraryDocument;

const page = (source: Readers['source'], people: string[], total: number): Readers => ({
  source,
  folder: source === 'FOLDER' ? 'pay' : null,
  groups: [{ name: 'hr', members: total }],
  people: people.map((name) => ({ id: name, username: name, displayName: '', groups: ['hr'] })),
  total,
});

beforeEach(() => vi.resetAllMocks());

function unfold() {
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <Readership document={WAGES} />
    </QueryClientProvider>,
  );
  const details = container.querySelector('details') as HTMLDetailsElement;
  expect(service.readership).not.toHaveBeenCalled();
  details.open = true;
  fireEvent(details, new Event('toggle'));
  return userEvent.setup();
}

test('tells the groups, where they come from, and the people, some at a time', async () => {
  service.readership.mockResolvedValueOnce(page('FOLDER', ['anna', 'ben'], 3));
  service.readership.mockResolvedValueOnce(page('FOLDER', ['cleo'], 3));
  const user = unfold();
  expect(await screen.findByText('3 people may read it.')).toBeTruthy();
  expect(screen.getByText(/chosen for the folder “pay”/)).toBeTruthy();
  expect(screen.getByText('3 people')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Follow the folder again' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show more people' }));
  expect(await screen.findAllByText('cleo')).toBeTruthy();
  expect(service.readership.mock.calls).toEqual([
    ['d1', 0],
    ['d1', 2],
  ]);
  expect(screen.queryByRole('button', { name: 'Show more people' })).toBeNull();
});

test('what somebody chose for the document alone can be taken back', async () => {
  service.readership.mockResolvedValueOnce(page('HAND', [], 0));
  service.readership.mockResolvedValue(page('RULES', [], 0));
  service.giveBackReaders.mockResolvedValue(WAGES);
  const user = unfold();
  await user.click(await screen.findByRole('button', { name: 'Follow the folder again' }));
  expect(screen.getByText(/keeps its groups until that folder is read again/)).toBeTruthy();
  expect(service.giveBackReaders).not.toHaveBeenCalled();
  await user.click(
    screen.getAllByRole('button', { name: 'Follow the folder again' })[1] as Element,
  );
  expect(service.giveBackReaders).toHaveBeenCalledExactlyOnceWith('d1');
  expect(await screen.findByText(/come from the folder on the server/)).toBeTruthy();
  expect(screen.getByText('Nobody with an account may read it.')).toBeTruthy();
});
