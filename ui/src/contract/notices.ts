// What the core told without being asked, until each is dismissed. The newest few; older ones were told.
import { useSyncExternalStore } from 'react';
import type { Notice } from './rpc.gen';

const MOST = 3;
let notices: readonly Notice[] = [];
const listeners = new Set<() => void>();

function replace(next: readonly Notice[]): void {
  notices = next;
  for (const tell of listeners) tell();
}

export function reportNotice(notice: Notice): void {
  replace([...notices.filter((one) => one.text !== notice.text), notice].slice(-MOST));
}

export function dismissNotice(notice: Notice): void {
  replace(notices.filter((one) => one !== notice));
}

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => notices,
  );
}
