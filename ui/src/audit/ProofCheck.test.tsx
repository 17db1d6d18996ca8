import { render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ProofCheck } from './ProofCheck';

afterEach(() => vi.unstubAllGlobals());

const show = () => render(<ProofCheck load={() => Promise.reject()} name="r1" />);

test('a proof is checked where the browser can', () => {
  show();
  expect(screen.getByRole('button', { name: 'Check the proof' })).toBeTruthy();
  expect(screen.queryByText(/cannot be checked/)).toBeNull();
});

test('at an address without https it says why it cannot be checked, and what to do', () => {
  vi.stubGlobal('crypto', {});
  vi.stubGlobal('isSecureContext', false);
  show();
  expect(screen.queryByRole('button', { name: 'Check the proof' })).toBeNull();
  expect(screen.getByText(/cannot be checked at this address.*verify\.py/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Download the proof' })).toBeTruthy();
});

test('a browser that knows no digests is told apart', () => {
  vi.stubGlobal('crypto', {});
  vi.stubGlobal('isSecureContext', true);
  show();
  expect(screen.getByText(/cannot be checked in this browser/)).toBeTruthy();
});
