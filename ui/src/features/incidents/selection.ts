// Ticked rows, by their keys: plain state of the screen, read by whatever is done with many incidents at once.
import { useState } from 'react';
import { call, useTransport } from '../../contract/rpc';
import type { QueueView } from './filter';

/** What the core ticks in one go; a longer view is ticked from its top. */
export const MOST_TICKED = 10_000;

export interface Selection {
  keys: ReadonlySet<string>;
  set: (keys: ReadonlySet<string>) => void;
  clear: () => void;
  /** Ticks rows `first` to `last` of the view, loaded or not. */
  addRange: (first: number, last: number) => void;
  /** Ticks every row of the view. */
  all: () => void;
}

export function useSelection({ filter, sort }: QueueView): Selection {
  const transport = useTransport();
  const [keys, set] = useState<ReadonlySet<string>>(new Set());
  const add = async (first: number, count: number) => {
    const found = await call(transport, 'incident_keys', { filter, sort, first, count });
    set((old) => new Set([...old, ...found.keys]));
  };
  return {
    keys,
    set,
    clear: () => set(new Set()),
    // A failing store says so in the list itself; nothing more is ticked then.
    addRange: (first, last) => void add(first, Math.min(MOST_TICKED, last - first + 1)).catch(() => undefined),
    all: () => void add(0, MOST_TICKED).catch(() => undefined),
  };
}
