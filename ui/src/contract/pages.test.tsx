import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { usePages } from './pages';
import { newQueryClient, TransportContext } from './rpc';

function open() {
  const asked: number[] = [];
  const transport = {
    call: async (_command: string, request: unknown) => {
      const { offset, limit } = request as { offset: number; limit: number };
      asked.push(offset);
      return { rows: Array.from({ length: limit }, (_, at) => ({ path: `/${offset + at}` })), total: 200_000, hosts: [] };
    },
    subscribe: () => () => {},
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TransportContext value={transport}>
      <QueryClientProvider client={newQueryClient()}>{children}</QueryClientProvider>
    </TransportContext>
  );
  return { asked, ...renderHook(() => usePages('request_list', { text: '' }), { wrapper }) };
}

test('only the pages around the window are asked for', async () => {
  const { asked, result } = open();
  await waitFor(() => expect(result.current.count).toBe(200_000));
  expect(asked).toEqual([0]);
  act(() => result.current.onRangeNeeded(100_010, 100_040));
  expect(result.current.getRow(100_020)).toBeUndefined();
  await waitFor(() => expect(result.current.getRow(100_020)?.path).toBe('/100020'));
  expect(asked).toEqual([0, 99_800, 100_000]);
});

test('a loaded row is found, one that is not here is fetched by its index', async () => {
  const { asked, result } = open();
  await waitFor(() => expect(result.current.indexOf((row) => row.path === '/7')).toBe(7));
  expect(result.current.indexOf((row) => row.path === '/5000')).toBe(-1);
  expect((await result.current.rowAt(5000))?.path).toBe('/5000');
  expect(asked).toEqual([0, 5000]);
});
