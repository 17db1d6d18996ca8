import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { signOut } from '../api/client';
import { Problem } from '../api/http';
import { LanguageProvider } from '../i18n';
import { uploads } from '../library/uploads';
import { SignOut } from './SignOut';

vi.mock('../api/client', () => ({
  signOut: vi.fn(async () => {}),
  discardUpload: vi.fn(),
  document: vi.fn(),
}));
vi.mock('../api/upload', () => ({
  goesInPieces: () => false,
  upload: () => new Promise(() => {}),
}));

test('asks before it stops files on their way, and leaves no name of them behind', async () => {
  const user = userEvent.setup();
  uploads.add([{ file: new File(['x'], 'salaries.txt'), path: 'salaries.txt' }], {
    collection: 'c1',
    readers: [],
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <SignOut className="button">Leave</SignOut>
      </LanguageProvider>
    </QueryClientProvider>,
  );
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  expect(screen.getByText(/1 file is not sent completely/)).toBeTruthy();
  expect(signOut).not.toHaveBeenCalled();

  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(uploads.snapshot()).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'Leave' }));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(signOut).toHaveBeenCalledOnce();
  expect(uploads.snapshot()).toEqual([]);
  expect(screen.queryByRole('dialog')).toBeNull();

  await user.click(screen.getByRole('button', { name: 'Leave' }));
  expect(signOut).toHaveBeenCalledTimes(2);
});

test('says that the session goes on where it could not be ended', async () => {
  const user = userEvent.setup();
  const queries = new QueryClient();
  queries.setQueryData(['me'], { id: 'u1' });
  render(
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <SignOut className="button">Leave</SignOut>
      </LanguageProvider>
    </QueryClientProvider>,
  );
  vi.mocked(signOut).mockRejectedValueOnce(new Problem({ code: 'OFFLINE' }));
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  expect(await screen.findByRole('dialog', { name: 'You are still signed in' })).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Docent cannot be reached.');
  expect(queries.getQueryData(['me'])).toEqual({ id: 'u1' });

  // In the meantime it ended by itself.
  vi.mocked(signOut).mockRejectedValueOnce(new Problem({ status: 401 }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(queries.getQueryData(['me'])).toBeNull();
});
