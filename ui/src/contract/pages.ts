// Long lists by page: the grid asks for the rows in its window, pages near it are fetched, the rest is not held.
// A page that comes is told to the grid alone (`watch`): a scroll never draws the whole screen anew.
import { keepPreviousData, QueriesObserver, useQuery, useQueryClient, type QueryObserverOptions, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { rpcKey, rpcQuery, useTransport, type Answer, type Request } from './rpc';
import type { CommandName, Commands, ErrorView } from './rpc.gen';

/** Commands that answer by offset and limit. */
export type PagedName = { [Name in CommandName]: Commands[Name]['request'] extends { offset: number; limit: number } ? Name : never }[CommandName];
type RowOf<Name extends PagedName> = Answer<Name>['rows'][number];
type Base<Name extends PagedName> = Omit<Request<Name>, 'offset' | 'limit'>;

const PAGE = 200;
/** Rows fetched ahead of the window: a quarter of a second of the fastest scrolling. */
const AHEAD = 150;
/** How long a page that nobody shows is kept, in ms: enough to scroll back, too short to gather a tenant. */
const KEPT = 30_000;

export interface Pages<Name extends PagedName> {
  /** The first page: totals, errors, and whether an older answer is still shown. */
  head: UseQueryResult<Answer<Name>, ErrorView>;
  count: number;
  getRow: (index: number) => RowOf<Name> | undefined;
  onRangeNeeded: (first: number, last: number) => void;
  /** Calls `tell` when rows have come that `getRow` did not know, until what it returns is called. */
  watch: (tell: () => void) => () => void;
  /** Where a loaded row stands that `is` the one sought; -1 when it is not among the pages here. */
  indexOf: (is: (row: RowOf<Name>) => boolean) => number;
  /** The row at `index`, fetched when its page is not here. */
  rowAt: (index: number) => Promise<RowOf<Name> | undefined>;
}

export function usePages<Name extends PagedName>(command: Name, base: Base<Name>, enabled = true): Pages<Name> {
  const transport = useTransport();
  const client = useQueryClient();
  const requestFor = (page: number) => ({ ...base, offset: page * PAGE, limit: PAGE }) as unknown as Request<Name>;
  const pageQuery = (page: number) => ({ ...rpcQuery(transport, command, requestFor(page)), gcTime: KEPT });
  // Only the first page keeps its old rows while the next filter loads; elsewhere they would be other rows.
  const head = useQuery({ ...pageQuery(0), enabled, placeholderData: keepPreviousData }) as UseQueryResult<Answer<Name>, ErrorView>;
  const [observer] = useState(() => new QueriesObserver(client, []));
  const wanted = useRef<number[]>([]);
  const view = JSON.stringify(base);
  const ask = (pages: number[]) => {
    wanted.current = pages;
    // The client's types cannot follow a generic answer.
    observer.setQueries(pages.map((page) => ({ ...pageQuery(page), enabled })) as unknown as QueryObserverOptions[]);
  };
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => latest.current(wanted.current), [view, enabled]);
  // Watched here too, so that the pages in the window are read again when they went stale.
  useEffect(() => observer.subscribe(() => {}), [observer]);
  const rowsOf = (page: number) => (page === 0 ? head.data : client.getQueryData<Answer<Name>>(rpcKey(command, requestFor(page))))?.rows;
  const getRow = (index: number): RowOf<Name> | undefined => {
    const page = Math.floor(index / PAGE);
    return rowsOf(page)?.[index - page * PAGE];
  };
  const indexOf = (is: (row: RowOf<Name>) => boolean): number => {
    for (const page of [0, ...wanted.current]) {
      const found = rowsOf(page)?.findIndex((row) => is(row as RowOf<Name>)) ?? -1;
      if (found >= 0) return page * PAGE + found;
    }
    return -1;
  };
  const rowAt = async (index: number) => {
    const page = Math.floor(index / PAGE);
    const answer = (await client.fetchQuery(pageQuery(page))) as Answer<Name>;
    return answer.rows[index - page * PAGE] as RowOf<Name> | undefined;
  };
  // The window moves with each frame of a scroll; only other pages than before are asked for.
  const onRangeNeeded = useCallback((first: number, last: number) => {
    const pages = pagesOf(first, last);
    if (wanted.current.join() !== pages.join()) latest.current(pages);
  }, []);
  const watch = useCallback((tell: () => void) => observer.subscribe(tell), [observer]);
  return { head, count: head.data?.total ?? 0, getRow, indexOf, onRangeNeeded, rowAt, watch };
}

/** Pages for a window and a little around it, but the first one, which is always here because it carries the totals. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first - AHEAD) / PAGE);
  const to = Math.floor((last + AHEAD) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((page) => page > 0);
}
