// The last action or job that failed, for the one band that says so. A screen that shows its own failures asks to be quiet.
import { useSyncExternalStore } from 'react';
import type { ErrorView } from './rpc.gen';

let latest: ErrorView | undefined;
const listeners = new Set<() => void>();

export function reportFailure(failure: ErrorView | undefined): void {
  latest = failure;
  for (const tell of listeners) tell();
}

export function useFailure(): ErrorView | undefined {
  return useSyncExternalStore(listen, () => latest);
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
