import { expect, test } from 'vitest';
import { readableZoom, WHOLE, ZOOMS } from './zoom';

const lines = (...heights: number[]) =>
  heights.map((height, at) => ({ page: 0, x: 72, y: 100 + 14 * at, width: 300, height }));

const onPhone = (...heights: number[]) => ZOOMS[readableZoom(lines(...heights), 358, 612)];

test('on a phone the page is as wide as the marked lines need', () => {
  expect(onPhone(24)).toBe(1);
  expect(onPhone(14)).toBe(2);
  expect(onPhone(11, 11)).toBe(2.5);
  expect(onPhone(2)).toBe(3);
});

test('one line that is higher or lower than the others does not matter', () => {
  expect(onPhone(40, 11, 11, 4, 11)).toBe(2.5);
});

test('elsewhere, and where nothing is marked, the page is shown whole', () => {
  expect(readableZoom(lines(8, 8), 614, 612)).toBe(WHOLE);
  expect(readableZoom([], 358, 612)).toBe(WHOLE);
});
