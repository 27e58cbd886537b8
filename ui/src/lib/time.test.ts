import { expect, test } from 'vitest';
import { ageOf, clockSeconds, dayInWords, fullTime, secondsInWords, shortTime } from './time';

const NOW = '2026-11-24T09:42:00Z';

test('today shows the hour, another day the date, another year the year too', () => {
  expect([shortTime('2026-11-24T08:31:07.412Z', NOW, 'utc'), shortTime('2026-11-23T23:59:00Z', NOW, 'utc'), shortTime('2025-01-02T00:00:00Z', NOW, 'utc')]).toEqual(['08:31', '23 Nov', '2 Jan 2025']);
});

test('no time and no date are a dash, never a wrong date', () => {
  expect([shortTime(null, NOW, 'utc'), fullTime('yesterday', 'utc')]).toEqual(['–', '–']);
});

test('the whole instant names its zone', () => {
  expect(fullTime('2026-11-24T08:31:07.412Z', 'utc')).toBe('24 Nov 2026 08:31:07 UTC');
});

test('a log shows the second', () => {
  expect([clockSeconds('2026-11-24T08:31:07.412Z', 'utc'), clockSeconds(null, 'utc')]).toEqual(['08:31:07', '–']);
});

test('ages and waits in words', () => {
  const now = Date.parse(NOW);
  expect(['2026-11-24T09:41:40Z', '2026-11-24T09:36:00Z', '2026-11-24T06:41:00Z', '2026-11-20T00:00:00Z', null].map((at) => ageOf(at, now))).toEqual(['now', '6 min', '3 h', '4 d', 'never']);
  expect([12, 70, 7500].map(secondsInWords)).toEqual(['12 s', '1 min 10 s', '2 h 5 min']);
});

test('a date in words', () => {
  expect(dayInWords('2027-03-31')).toBe('Wednesday, 31 March 2027');
});
