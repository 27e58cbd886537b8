import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { inOrder, movedTo, useColumns } from './columns';
import type { Column } from './DataGrid';

const keys = (columns: readonly { key: string }[]) => columns.map(({ key }) => key).join(' ');
const all: Column<string>[] = ['a', 'b', 'c', 'd'].map((key) => ({ key, header: key, width: '80px', off: key === 'd', cell: () => null }));
const choose = () => renderHook(() => useColumns('test', all, ['a']));

beforeEach(() => localStorage.clear());

test('an order of an older version takes new columns in and forgets old ones', () => {
  expect(keys(inOrder(all, []))).toBe('a b c d');
  expect(keys(inOrder(all, ['c', 'gone', 'a']))).toBe('c d a b');
  expect(keys(inOrder(all, ['d', 'b']))).toBe('a d b c');
});

test('a column takes the place of another, from both sides', () => {
  expect(movedTo(['a', 'b', 'c'], 'a', 'b').join(' ')).toBe('b a c');
  expect(movedTo(['a', 'b', 'c'], 'c', 'a').join(' ')).toBe('c a b');
});

test('order and width outlive the window, and reset takes both back', () => {
  const first = choose();
  act(() => first.result.current.arrange.move('c', 'a'));
  act(() => first.result.current.arrange.width('b', 10));
  const { result } = choose();
  expect(keys(result.current.shown)).toBe('c a b');
  expect(result.current.shown.map(({ px }) => px)).toEqual([undefined, undefined, 36]);
  act(() => result.current.menu.reset());
  expect(keys(choose().result.current.shown)).toBe('a b c');
});

test('a view brings its columns, their order and width, and one without leaves them', () => {
  const { result } = choose();
  act(() => result.current.show({ columns: ['d', 'a'], widths: [{ column: 'd', px: 240 }] }));
  expect(result.current.shown.map(({ key, px }) => [key, px])).toEqual([['d', 240], ['a', undefined]]);
  act(() => result.current.show({ columns: [], widths: [] }));
  expect(keys(result.current.shown)).toBe('d a');
});
