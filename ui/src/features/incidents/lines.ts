// The queue grouped: heads with counts from the core, and under each open one its rows, which are the view narrowed by its value.
// Rows come by page, like the flat list's; nothing is grouped here. Start reading at `useLines`.
import { useQueries, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { rpcKey, rpcQuery, useRpc, useTransport } from '../../contract/rpc';
import type { ErrorView, FacetValue, IncidentFilter, IncidentGroup, IncidentListRequest, IncidentPage, IncidentRow, Presence } from '../../contract/rpc.gen';
import type { QueueView } from './filter';

const PAGE = 200;
/** Rows that the grid draws beyond those in sight, and some more. */
const AROUND = 20;

export interface Head {
  kind: 'head';
  value: string;
  count: number;
  open: boolean;
  position: number;
  setSize: number;
}

export type Line = Head | { kind: 'row'; row: IncidentRow; position: number; setSize: number };

/** Where a line stands: a head, or the nth row under it. */
export interface Spot {
  group: number;
  /** -1 is the head. */
  row: number;
}

/** How many lines there are, and which spot each index is. `starts` are the heads' indexes. */
export function layoutOf(groups: readonly FacetValue[], open: (value: string) => boolean) {
  const starts: number[] = [];
  let count = 0;
  for (const { value, count: rows } of groups) {
    starts.push(count);
    count += 1 + (open(value) ? rows : 0);
  }
  const spotOf = (index: number): Spot => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { group: low, row: index - (starts[low] ?? 0) - 1 };
  };
  return { count, starts, spotOf };
}

/** The view's filter with the group's value added: what the group holds. */
export function narrowed(filter: IncidentFilter, group: IncidentGroup, value: string): IncidentFilter {
  switch (group) {
    case 'day':
      return { ...filter, updated_day: value };
    case 'presence':
      return { ...filter, presence: [value as Presence] };
    case 'severity':
    case 'status':
    case 'workspace':
    case 'owner':
    case 'target':
      return { ...filter, [group]: [value] };
  }
}

export interface Lines {
  heads: UseQueryResult<{ groups: FacetValue[]; total: number }, ErrorView>;
  count: number;
  getLine: (index: number) => Line | undefined;
  onRangeNeeded: (first: number, last: number) => void;
  toggle: (value: string) => void;
}

export function useLines({ filter, sort }: QueueView, group: IncidentGroup): Lines {
  const transport = useTransport();
  const client = useQueryClient();
  const heads = useRpc('incident_groups', { filter, group }, { keep: true });
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [window, setWindow] = useState({ first: 0, last: 0 });
  const groups = heads.data?.groups ?? [];
  const isOpen = (value: string) => !closed.has(value);
  const { count, spotOf } = layoutOf(groups, isOpen);
  const requestOf = (at: number, page: number): IncidentListRequest => ({ filter: narrowed(filter, group, groups[at]?.value ?? ''), sort, offset: page * PAGE, limit: PAGE });
  const wanted = pagesIn(Math.max(0, window.first - AROUND), Math.min(window.last + AROUND, count - 1), spotOf);
  const results = useQueries({ queries: wanted.map(([at, page]) => (rpcQuery(transport, 'incident_list', requestOf(at, page)))) }) as UseQueryResult<IncidentPage, ErrorView>[];
  const getLine = (index: number): Line | undefined => {
    const spot = spotOf(index);
    const head = groups[spot.group];
    if (head === undefined) return undefined;
    if (spot.row < 0) return { kind: 'head', ...head, open: isOpen(head.value), position: spot.group + 1, setSize: groups.length };
    const page = Math.floor(spot.row / PAGE);
    const at = wanted.findIndex(([group, one]) => group === spot.group && one === page);
    const found = at >= 0 ? results[at]?.data : client.getQueryData<IncidentPage>(rpcKey('incident_list', requestOf(spot.group, page)));
    const row = found?.rows[spot.row - page * PAGE];
    return row && { kind: 'row', row, position: spot.row + 1, setSize: head.count };
  };
  const toggle = (value: string) =>
    setClosed((old) => {
      const next = new Set(old);
      if (!next.delete(value)) next.add(value);
      return next;
    });
  const onRangeNeeded = useCallback((first: number, last: number) => setWindow((old) => (old.first === first && old.last === last ? old : { first, last })), []);
  return { heads, count, getLine, onRangeNeeded, toggle };
}

/** Pages of groups that the window touches, as [group, page]. */
export function pagesIn(first: number, last: number, spotOf: (index: number) => Spot): [number, number][] {
  const pages = new Map<string, [number, number]>();
  for (let index = first; index <= last; index += 1) {
    const { group, row } = spotOf(index);
    const page = Math.floor(Math.max(0, row) / PAGE);
    if (row >= 0) pages.set(`${group}/${page}`, [group, page]);
  }
  return [...pages.values()];
}
