import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Place } from './place';
import { Rows } from './Rows';

const LINES = ['Article\tPrice', ...Array.from({ length: 600 }, (_, at) => `T${at}\t${at}.00`)];
const TEXT = LINES.join('\n');

beforeEach(() => {
  // Nothing comes into view here.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

function show(quoted: string) {
  let start = 0;
  const rows = LINES.map((line, at) => {
    const row = { kind: at === 0 ? 'TABLE_HEADER' : 'TABLE_ROW', level: 0, page: 0 };
    const block = { ...row, start, end: start + line.length };
    start += line.length + 1;
    return block;
  });
  const from = TEXT.indexOf(quoted);
  const place: Place = {
    document: 'd1',
    page: 0,
    start: from,
    end: from + quoted.length,
    boxes: [],
    revision: null,
  };
  return render(<Rows table={{ rows, named: true }} text={TEXT} place={place} places={[place]} />);
}

test('a quoted row is marked cell by cell, and nothing else is', () => {
  const { container } = show('T7\t7.00');
  expect(screen.getAllByRole('columnheader').map((name) => name.textContent)).toEqual([
    'Article',
    'Price',
  ]);
  const marks = [...container.querySelectorAll('td > mark.current')];
  expect(marks.map((mark) => mark.textContent)).toEqual(['T7', '7.00']);
});

test('of a long table the beginning and the quoted rows are laid out', () => {
  const { container } = show('T590\t590.00');
  expect(screen.getByText('T0')).toBeDefined();
  expect(container.querySelector('mark.current')?.textContent).toBe('T590');
  expect(screen.queryByText('T300')).toBeNull();
});
