import { expect, test } from 'vitest';
import { exportAddress, SEEN } from './audit';

test('whoever saw a document opened it, or was shown words of it', () => {
  const { searchParams } = new URL(exportAddress({ document: 'd1', act: SEEN }, 'csv'), 'http://x');
  expect(searchParams.getAll('act')).toEqual([
    'document.opened',
    'question.passages_shown',
    'question.search_completed',
    'question.refused',
  ]);
  expect(searchParams.get('document')).toBe('d1');
});
