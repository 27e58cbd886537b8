// Typed hooks over the menu of commands. A query is fresh until an event names one of the topics it provides;
// which topics those are is generated from the Rust list, so nobody keeps it by hand.
// Start reading at `useRpc` (reads) and `useAct` (changes and jobs).
import { keepPreviousData, MutationCache, QueryClient, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { createContext, use, useEffect } from 'react';
import type { Transport } from '../platform/transport';
import { reportFailure } from './failure';
import { reportNotice } from './notices';
import { commands, type CommandName, type Commands, type ErrorView, type Event, type JobList, type JobView, type Topic } from './rpc.gen';

export type Request<Name extends CommandName> = Commands[Name]['request'];
export type Answer<Name extends CommandName> = Commands[Name]['answer'];

export const TransportContext = createContext<Transport | undefined>(undefined);

export function useTransport(): Transport {
  const transport = use(TransportContext);
  if (!transport) throw new Error('TransportContext is missing around this component.');
  return transport;
}

/** Calls a command; rejects with an `ErrorView` whatever went wrong. */
export async function call<Name extends CommandName>(transport: Transport, command: Name, request: Request<Name>): Promise<Answer<Name>> {
  try {
    return (await transport.call(command, request)) as Answer<Name>;
  } catch (error) {
    throw asErrorView(error);
  }
}

/** What the core said, or the nearest code for what went wrong on the way to it. */
export function asErrorView(error: unknown): ErrorView {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    const said = error as Partial<ErrorView> & Pick<ErrorView, 'code' | 'message'>;
    return { hint: null, retry_after: null, request_id: null, ...said };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), hint: null, retry_after: null, request_id: null };
}

export interface RpcOptions {
  enabled?: boolean;
  /** Shows the former answer while the next one loads: for filters and pages. */
  keep?: boolean;
}

export function useRpc<Name extends CommandName>(command: Name, request: Request<Name>, options: RpcOptions = {}): UseQueryResult<Answer<Name>, ErrorView> {
  const transport = useTransport();
  // The client's types cannot follow a generic answer; the command's name fixes it.
  return useQuery<unknown, ErrorView>({
    ...rpcQuery(transport, command, request),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Answer<Name>, ErrorView>;
}

/** The query behind `useRpc`, for pages that are fetched by hand. */
export function rpcQuery<Name extends CommandName>(transport: Transport, command: Name, request: Request<Name>) {
  return { queryKey: rpcKey(command, request), queryFn: () => call(transport, command, request) };
}

export function rpcKey<Name extends CommandName>(command: Name, request: Request<Name>) {
  return [command, request] as const;
}

/** An action or a job; `quiet` where the screen shows the failure itself. The core tells by event what went stale, so nothing is invalidated by hand. */
export function useAct<Name extends CommandName>(command: Name, { quiet = false }: { quiet?: boolean } = {}): UseMutationResult<Answer<Name>, ErrorView, Request<Name>> {
  const transport = useTransport();
  return useMutation<Answer<Name>, ErrorView, Request<Name>>({ mutationFn: (request) => call(transport, command, request), meta: { quiet } });
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onMutate: () => reportFailure(undefined),
      onError: (error, _request, _context, mutation) => (mutation.meta?.['quiet'] === true ? undefined : reportFailure(asErrorView(error))),
    }),
    defaultOptions: {
      // Reads come from disk and go stale by event only; asking again would change nothing.
      queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: { retry: false },
    },
  });
}

/** Whether a query's answer shows one of these topics. */
export function provides(command: string, topics: readonly Topic[]): boolean {
  const entry = commands[command as CommandName] as (typeof commands)[CommandName] | undefined;
  return entry?.kind === 'query' && entry.topics.some((topic) => topics.includes(topic));
}

/** Applies one event of the core to the queries. */
export function applyEvent(client: QueryClient, event: Event): void {
  if (event.event === 'job') return placeJob(client, event.job);
  if (event.event === 'notice') return reportNotice(event.notice);
  void client.invalidateQueries({ predicate: (query) => provides(String(query.queryKey[0]), event.topics) });
}

/** A job tells where it is many times a second; its row is put in place instead of asking for the list again. */
function placeJob(client: QueryClient, job: JobView): void {
  if (job.state === 'failed' && job.failure) reportFailure(job.failure);
  client.setQueryData<JobList>(rpcKey('job_list', {}), (list) => {
    const others = list?.jobs.filter((one) => one.id !== job.id) ?? [];
    return { jobs: [...others, job].sort((a, b) => a.id - b.id) };
  });
}

/** Listens to the core for as long as the app is on screen. */
export function useEvents(): void {
  const transport = useTransport();
  const client = useQueryClient();
  useEffect(() => transport.subscribe((event) => applyEvent(client, event as Event)), [transport, client]);
}
