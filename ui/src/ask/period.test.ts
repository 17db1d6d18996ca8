import { expect, test } from 'vitest';
import { isDay, isPossible, periodOf, SPANS, spanOf } from './period';

test('spans are days of the calendar, seen from today', () => {
  const today = new Date(2026, 1, 10);
  expect(periodOf('days30', today)).toEqual({ from: '2026-01-11' });
  expect(periodOf('months12', today)).toEqual({ from: '2025-02-10' });
  expect(periodOf('thisYear', today)).toEqual({ from: '2026-01-01' });
  expect(periodOf('lastYear', today)).toEqual({ from: '2025-01-01', until: '2025-12-31' });
});

test('a period does not end before it begins', () => {
  expect(isPossible({ from: '2026-01-02', until: '2026-01-01' })).toBe(false);
  expect(isPossible({ from: '2026-01-01', until: '2026-01-01' })).toBe(true);
  expect(isPossible({ until: '2026-01-01' })).toBe(true);
});

test('a period in the address is known as the span it is today', () => {
  const today = new Date(2026, 10, 27);
  for (const span of SPANS) expect(spanOf(periodOf(span, today), today)).toBe(span);
  expect(spanOf({ from: '2026-01-02' }, today)).toBeUndefined();
  expect(['2026-02-28', '2026-02-30', '2026-2-1', 'x'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
