// Ticked rows, by their keys: state of the view that is shown, read by whatever is done with many incidents at once.
// Another view, by a control or by the address, begins with none: nothing is done with rows that are out of sight.
import { useState } from 'react';
import { call, useTransport } from '../../contract/rpc';
import type { IncidentGroup } from '../../contract/rpc.gen';
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

const NONE: ReadonlySet<string> = new Set();

export function useSelection({ filter, sort }: QueueView, group: IncidentGroup | undefined): Selection {
  const transport = useTransport();
  const view = JSON.stringify({ filter, sort, group });
  const [ticked, setTicked] = useState({ view, keys: NONE });
  if (ticked.view !== view) setTicked({ view, keys: NONE });
  const add = async (first: number, count: number) => {
    const found = await call(transport, 'incident_keys', { filter, sort, first, count });
    setTicked((old) => (old.view === view ? { view, keys: new Set([...old.keys, ...found.keys]) } : old));
  };
  return {
    keys: ticked.view === view ? ticked.keys : NONE,
    set: (keys) => setTicked({ view, keys }),
    clear: () => setTicked({ view, keys: NONE }),
    // A failing store says so in the list itself; nothing more is ticked then.
    addRange: (first, last) => void add(first, Math.min(MOST_TICKED, last - first + 1)).catch(() => undefined),
    all: () => void add(0, MOST_TICKED).catch(() => undefined),
  };
}
