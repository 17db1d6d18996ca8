import { expect, test } from 'vitest';
import type { TextBlock } from '../api/types';
import { cells, parts } from './tables';

function blocksOf(...lines: [kind: string, content: string][]) {
  let text = '';
  const blocks: TextBlock[] = lines.map(([kind, content]) => {
    const start = text.length;
    text += `${content}\n`;
    return { kind, level: 0, start, end: start + content.length, page: 0 };
  });
  return { text, blocks };
}

test('rows stand together under the names of their columns', () => {
  const { text, blocks } = blocksOf(
    ['PARAGRAPH', 'Rates'],
    ['TABLE_HEADER', 'City\tRate'],
    ['TABLE_ROW', 'Oslo\t412'],
    ['TABLE_ROW', '\t99'],
    ['TABLE_HEADER', 'Item\tPrice'],
    ['TABLE_ROW', 'Probe\t7'],
    ['PARAGRAPH', 'End'],
    ['TABLE_ROW', 'loose\trow'],
  );
  const found = parts(text, blocks).map((part) =>
    'table' in part
      ? [
          part.table.named,
          ...part.table.rows.map((row) =>
            cells(text, row).map(({ start, end }) => text.slice(start, end)),
          ),
        ]
      : part.block.kind,
  );
  expect(found).toEqual([
    'PARAGRAPH',
    [true, ['City', 'Rate'], ['Oslo', '412'], ['', '99']],
    [true, ['Item', 'Price'], ['Probe', '7']],
    'PARAGRAPH',
    [false, ['loose', 'row']],
  ]);
});

test('rows whose cells are not told apart are left as they are', () => {
  const { text, blocks } = blocksOf(['TABLE_HEADER', 'City Rate'], ['TABLE_ROW', 'Oslo 412']);
  expect(parts(text, blocks)).toEqual(blocks.map((block) => ({ block })));
});

test('a head over several columns is of the table under it', () => {
  const { text, blocks } = blocksOf(
    ['TABLE_HEADER', '\t2025\t\t2024'],
    ['TABLE_HEADER', '\tBegin\tEnd\tBegin\tEnd'],
    ['TABLE_ROW', 'Oslo\t1\t2\t3\t4'],
  );
  expect(parts(text, blocks)).toEqual([{ table: { rows: blocks, named: true } }]);
});
