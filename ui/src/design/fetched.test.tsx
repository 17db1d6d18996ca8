import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { CrashBarrier } from '../app/CrashBarrier';
import { fetched } from './fetched';

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

test('waits for its code, and is there at once when that was fetched ahead', async () => {
  const load = vi.fn(async () => ({ default: Greeting }));
  const Screen = fetched(load, <p>waiting</p>);
  const first = render(<Screen name="Ada" />);
  expect(screen.getByText('waiting')).toBeTruthy();
  expect(await screen.findByText('Hello Ada')).toBeTruthy();
  first.unmount();
  render(<Screen name="Ben" />);
  expect(screen.getByText('Hello Ben')).toBeTruthy();
  expect(load).toHaveBeenCalledOnce();
});

test('code that does not come is a fault of that part of the page, and is tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const load = vi
    .fn(async () => ({ default: Greeting }))
    .mockRejectedValueOnce(new Error('no line'))
    .mockRejectedValueOnce(new Error('no line'));
  const Screen = fetched(load, <p>waiting</p>);
  Screen.ahead();
  const first = render(
    <CrashBarrier>
      <Screen name="Ada" />
    </CrashBarrier>,
  );
  expect(await screen.findByRole('button')).toBeTruthy();
  first.unmount();
  render(<Screen name="Ben" />);
  expect(await screen.findByText('Hello Ben')).toBeTruthy();
});
