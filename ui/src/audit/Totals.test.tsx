import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Totals } from './Totals';

test('tells how many records there are of each act, and narrows to one', async () => {
  const onAct = vi.fn();
  const acts = { 'question.answered': 1200, 'document.opened': 34 };
  render(<Totals totals={{ acts, more: false }} onAct={onAct} />);
  expect(screen.getByText('1,234 records')).toBeTruthy();
  await userEvent.setup().click(screen.getByRole('button', { name: 'was answered 1,200' }));
  expect(onAct).toHaveBeenCalledExactlyOnceWith('question.answered');
});

test('the rare acts are told together, and one act alone not apart', () => {
  const acts = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`a.${at}`, 20 - at]));
  const { rerender } = render(<Totals totals={{ acts, more: false }} onAct={() => {}} />);
  expect(screen.getAllByRole('button')).toHaveLength(8);
  expect(screen.getByText('23 of other acts')).toBeTruthy();
  rerender(<Totals totals={{ acts: { 'a.1': 1 }, more: false }} onAct={() => {}} />);
  expect(screen.getByText('1 record')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('of too many it says so, and what to do', () => {
  render(<Totals totals={{ acts: {}, more: true }} onAct={() => {}} />);
  expect(screen.getByText(/More than 100,000 records/)).toBeTruthy();
});
