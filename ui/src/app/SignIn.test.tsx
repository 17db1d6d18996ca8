import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../i18n';
import { SignIn } from './SignIn';

test('names no account to whoever opens it', async () => {
  const { container } = render(
    <LanguageProvider>
      <SignIn onSignedIn={() => {}} />
    </LanguageProvider>,
  );
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(container.textContent).not.toMatch(/admin|docent up/i);
  expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('');
});
