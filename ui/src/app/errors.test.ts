import { expect, test } from 'vitest';
import generated from '../contract/rpc.gen.ts?raw';
import { ERRORS, explain } from './errors';

const codes = [...(/export type Code = ([^;]+);/u.exec(generated)?.[1] ?? '').matchAll(/"(\w+)"/gu)].map(([, code]) => code as string);

test('every code of the contract has its words, and no word is left over', () => {
  expect(codes.length).toBeGreaterThan(5);
  expect(Object.keys(ERRORS).sort()).toEqual(codes.toSorted());
});

test('each says what it means and what comes next, in whole sentences without blame', () => {
  for (const [code, { title, next }] of Object.entries(ERRORS)) {
    expect(title, code).toMatch(/^[A-Z][^.!]+$/u);
    expect(next, code).toMatch(/\.$/u);
    expect(`${title} ${next}`, code).not.toMatch(/please|you failed|oops|!/iu);
  }
});

test('a code from a newer core is told as an internal failure', () => {
  expect(explain('from_the_future')).toBe(ERRORS.internal);
});
