import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import * as client from '../api/client';
import { Problem } from '../api/http';
import type { Conversation } from '../api/types';
import { Sheet } from '../design/Sheet';
import { ConversationList } from './ConversationList';

vi.mock('../api/client');
const service = vi.mocked(client);

const conversation = (number: number): Conversation => ({
  id: `c${number}`,
  title: `Question ${number}`,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});
let kept: Conversation[];

beforeEach(() => {
  vi.resetAllMocks();
  kept = Array.from({ length: 12 }, (_, at) => conversation(12 - at));
  service.conversations.mockImplementation(async (words, offset) => {
    const found = kept.filter(({ title }) => title.includes(words));
    return { items: found.slice(offset, offset + 5), total: found.length };
  });
});

function show(list = <ConversationList />) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}>{list}</QueryClientProvider>);
  return userEvent.setup();
}

test('older ones are fetched on demand, each shown once', async () => {
  const user = show();
  expect(await screen.findAllByRole('link')).toHaveLength(5);
  // Asked in another tab, so that the next page begins with one that is here already.
  kept = [conversation(13), ...kept];
  await user.click(screen.getByRole('button', { name: 'Show older ones' }));
  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(9));
  await user.click(screen.getByRole('button', { name: 'Show older ones' }));
  await screen.findByRole('link', { name: 'Question 1' });
  expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull();
});

test('words are sought by the service, once typing has paused', async () => {
  const user = show();
  const field = await screen.findByRole('searchbox', { name: 'Search conversations' });
  await user.type(field, 'Question 1');
  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(4));
  expect(screen.getByRole('status').textContent).toBe('4 conversations');
  expect(service.conversations).toHaveBeenCalledWith('Question 1', 0);
  expect(service.conversations.mock.calls.length).toBeLessThan(5);
  await user.clear(field);
  await user.type(field, 'nothing');
  expect(await screen.findByText('No conversation matches.')).toBeTruthy();
  expect(document.activeElement).toBe(field);
});

test('says that there is none yet, and that the list did not come', async () => {
  service.conversations.mockRejectedValueOnce(new Problem({ detail: 'The database is away.' }));
  kept = [];
  const user = show();
  expect(screen.getByText('Loading')).toBeTruthy();
  expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('What you ask is listed here.')).toBeTruthy();
  expect(screen.queryByRole('searchbox')).toBeNull();
});

test('is renamed and deleted from within another sheet, which stays', async () => {
  kept = [conversation(2), conversation(1)];
  service.removeConversation.mockImplementation(async (id) => {
    kept = kept.filter((one) => one.id !== id);
  });
  const closed = vi.fn();
  const user = show(
    <Sheet title="Conversations" onClose={closed}>
      <ConversationList />
    </Sheet>,
  );
  await user.click(await screen.findByRole('button', { name: /“Question 2”/ }));
  const rename = screen.getByRole('dialog', { name: 'Rename' });
  fireEvent(rename, new Event('cancel', { cancelable: true }));
  expect(screen.queryByRole('dialog', { name: 'Rename' })).toBeNull();
  expect(closed).not.toHaveBeenCalled();

  await user.click(screen.getByRole('button', { name: /“Question 2”/ }));
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  const confirm = screen.getByRole('dialog', { name: 'Delete “Question 2”?' });
  await user.click(within(confirm).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(1));
  expect(service.removeConversation).toHaveBeenCalledExactlyOnceWith('c2');
  expect(document.activeElement?.className).toBe('conversation-list');
});
