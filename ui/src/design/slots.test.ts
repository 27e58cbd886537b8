import { expect, test } from 'vitest';
import { Slots } from './slots';

test('rows that stay keep their slot, those that come take one that was left', () => {
  const slots = new Slots();
  expect(slots.place([0, 1, 2, 3], 0)).toEqual([0, 1, 2, 3]);
  expect(slots.place([0, 2, 3, 4], 0)).toEqual([0, 2, 3, 1]);
  expect(new Set(slots.place([0, 50, 51, 52], 0))).toEqual(new Set([0, 1, 2, 3]));
});

test('the element that had the focus becomes no other row', () => {
  const slots = new Slots();
  const [focused] = slots.place([0, 1, 2], 0);
  expect(slots.place([90, 91, 92], 92)).not.toContain(focused);
});
