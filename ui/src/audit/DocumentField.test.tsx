import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { DocumentField } from './DocumentField';

afterEach(() => vi.unstubAllGlobals());

const ID = '11111111-2222-4333-8444-555555555555';
const LEAVE = { id: ID, title: 'Leave policy', path: 'hr/leave.pdf', collectionName: 'HR' };

function show(items: unknown[], value = '', title: string | null = null) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ items, total: items.length })));
  const onChange = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DocumentField label="Document" value={value} title={title} onChange={onChange} />
    </QueryClientProvider>,
  );
  return onChange;
}

test('a document is found by a part of its title, and its id is taken', async () => {
  const onChange = show([LEAVE]);
  await userEvent.type(screen.getByLabelText('Document'), 'leave');
  await waitFor(() =>
    expect(document.querySelector('option')?.value).toBe('Leave policy · HR/hr/leave.pdf'),
  );
  await userEvent.keyboard('{Enter}');
  expect(onChange).toHaveBeenCalledWith(ID);
});

test('an id is taken as it is', async () => {
  const onChange = show([]);
  await userEvent.click(screen.getByLabelText('Document'));
  await userEvent.paste(ID);
  expect(onChange).toHaveBeenCalledWith(ID);
});

test('it says when nothing is found, and clearing ends the filter', async () => {
  const onChange = show([], ID, 'Leave policy');
  const field = screen.getByLabelText<HTMLInputElement>('Document');
  expect(field.value).toBe('Leave policy');
  await userEvent.clear(field);
  expect(onChange).toHaveBeenLastCalledWith('');
  await userEvent.type(field, 'nothing');
  expect(await screen.findByText(/No document that you may read/)).toBeTruthy();
});
