import { expect, test } from 'vitest';
import { isUnderWay, progressWords } from './progress';

test('a count stands with its whole where one is known', () => {
  expect(progressWords({ done: 12_400, total: 31_000, left: 70, waiting: null })).toBe('12,400 of 31,000, 1 min 10 s left');
  expect(progressWords({ done: 7, total: null, left: null, waiting: null })).toBe('7');
  expect(progressWords({ done: 0, total: null, left: null, waiting: null })).toBe('');
});

test('a wait that the service asked for is said instead of the time left', () => {
  expect(progressWords({ done: 7, total: 9, left: 3, waiting: 42 })).toBe('7 of 9, waiting 42 s');
});

test('paused work is under way, ended work is not', () => {
  expect(['running', 'paused', 'done', 'failed', 'cancelled'].map((state) => isUnderWay({ state }))).toEqual([true, true, false, false, false]);
  expect(isUnderWay(undefined)).toBe(false);
});
