import { expect, test } from 'vitest';
import { type Place, placeIn, withPlace } from './place';

const PLACE: Place = {
  document: 'd1',
  page: 4,
  start: 120,
  end: 180,
  boxes: [
    { page: 4, x: 72, y: 100.2, width: 300.5, height: 11 },
    { page: 5, x: 72, y: 80, width: 40, height: 11 },
  ],
  revision: 'a1b2c3d4e5f6',
};

test('a place survives the way through the address', () => {
  expect(placeIn(withPlace('', PLACE))).toEqual(PLACE);
});

test('opening and closing leaves the rest of the query alone', () => {
  const open = withPlace('?q=meals', PLACE);
  expect(new URLSearchParams(open).get('q')).toBe('meals');
  expect(withPlace(open, null)).toBe('?q=meals');
});

test.each(['?doc=d1&page=x&at=a-b&box=1_2', '?doc=d1&box=1_2_3_4_5_6~1_NaN_3_4_5'])(
  'what cannot be read in %s is left out',
  (search) => {
    expect(placeIn(search)).toMatchObject({ document: 'd1', page: null, start: 0, boxes: [] });
  },
);
