import { describe, expect, test } from 'vitest';
import { moveTo } from './grid-keys';

describe('moveTo', () => {
  const from = (key: string, at: number, more = {}) => moveTo({ key, ...more }, at, 200_000, 20, true);

  test('arrows and letters step by one', () => {
    expect([from('ArrowDown', 5), from('j', 5), from('ArrowUp', 5), from('k', 5)]).toEqual([6, 6, 4, 4]);
  });

  test('it stops at both ends', () => {
    expect([from('ArrowUp', 0), from('j', 199_999)]).toEqual([0, 199_999]);
  });

  test('pages and ends', () => {
    expect([from('PageDown', 5), from('PageUp', 5), from('Home', 900), from('End', 0)]).toEqual([25, 0, 0, 199_999]);
  });

  test('letters are silent when they are turned off', () => {
    expect(moveTo({ key: 'j' }, 5, 100, 20, false)).toBeUndefined();
  });

  test('Ctrl+K belongs to the palette', () => {
    expect(from('k', 5, { ctrlKey: true })).toBeUndefined();
  });

  test('an empty grid does not move', () => {
    expect(moveTo({ key: 'End' }, 0, 0, 20, true)).toBeUndefined();
  });
});
