import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Citation } from '../api/types';
import { QuotedText } from './QuotedText';

const COLUMNS = ['', '2024 Begin', '2024 End', '2023 Begin', '2023 End'];

function rowsOf(text: string): string[][] {
  render(
    <QuotedText
      citation={{ text, columns: COLUMNS, cells: [] } as unknown as Citation}
      part={{ start: 0, end: text.length }}
    />,
  );
  return screen
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent ?? ''));
}

test('quoted names of columns are not shown twice', () => {
  expect(rowsOf('\t2024\t\t2023\n\tBegin\tEnd\tBegin\tEnd\nOslo\t24\t2\t3\t4')).toEqual([
    COLUMNS,
    ['Oslo', '24', '2', '3', '4'],
  ]);
});

test('the name of a group is a row between the others', () => {
  expect(rowsOf('Oslo\t1\t2\t3\t4\nAbroad\nRiga\t5\t6\t7\t8')).toEqual([
    COLUMNS,
    ['Oslo', '1', '2', '3', '4'],
    ['Abroad'],
    ['Riga', '5', '6', '7', '8'],
  ]);
});

test('another table under a line of its own stands alone', () => {
  const text = 'Oslo\t1\t2\t3\t4\nRates were\n\tDay\tNight\nOslo\t5\t6';
  render(
    <QuotedText
      citation={{ text, columns: COLUMNS, cells: [] } as unknown as Citation}
      part={{ start: 0, end: text.length }}
    />,
  );
  expect(screen.getAllByRole('table')).toHaveLength(2);
});
