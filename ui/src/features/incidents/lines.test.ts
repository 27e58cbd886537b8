import { expect, test } from 'vitest';
import { layoutOf, narrowed, pagesIn } from './lines';
import { viewOf } from './filter';

const GROUPS = [
  { value: 'high', count: 3 },
  { value: 'medium', count: 100_000 },
  { value: 'low', count: 0 },
  { value: 'severe', count: 2 },
];

test('every index is a head or a row under it', () => {
  const { count, spotOf } = layoutOf(GROUPS, () => true);
  expect(count).toBe(4 + 3 + 100_000 + 2);
  expect([0, 1, 3, 4, 5, 100_004, 100_005, 100_006, 100_008].map(spotOf)).toEqual([
    { group: 0, row: -1 },
    { group: 0, row: 0 },
    { group: 0, row: 2 },
    { group: 1, row: -1 },
    { group: 1, row: 0 },
    { group: 1, row: 99_999 },
    { group: 2, row: -1 },
    { group: 3, row: -1 },
    { group: 3, row: 1 },
  ]);
});

test('a closed group is its head alone', () => {
  const { count, spotOf } = layoutOf(GROUPS, (value) => value !== 'medium');
  expect(count).toBe(4 + 3 + 2);
  expect(spotOf(5)).toEqual({ group: 2, row: -1 });
});

test('a window asks for the pages it touches and no other', () => {
  const { spotOf } = layoutOf(GROUPS, () => true);
  expect(pagesIn(0, 30, spotOf)).toEqual([
    [0, 0],
    [1, 0],
  ]);
  expect(pagesIn(50_000, 50_020, spotOf)).toEqual([
    [1, 249],
    [1, 250],
  ]);
});

test('a group is the view with one more filter', () => {
  const { filter } = viewOf({ severity: 'high,low', q: 'mail' });
  expect(narrowed(filter, 'severity', 'low')).toEqual({ ...filter, severity: ['low'] });
  expect(narrowed(filter, 'day', '2026-11-24')).toEqual({ ...filter, updated_day: '2026-11-24' });
});
