// The rooms that work, in the order of the rail. A room is listed here when its screen does its job, not before.
// To add one: write features/<room>/<Room>Screen.tsx and add a line below.
import type { ComponentType } from 'react';
import type { IconName } from '../design/icons';
import { AccountsScreen } from '../features/accounts/AccountsScreen';
import { AlertsScreen } from '../features/alerts/AlertsScreen';
import { ChangesScreen } from '../features/changes/ChangesScreen';
import { IncidentsScreen } from '../features/incidents/IncidentsScreen';
import { MailScreen } from '../features/mail/MailScreen';
import { OverviewScreen } from '../features/overview/OverviewScreen';
import { ReadinessScreen } from '../features/readiness/ReadinessScreen';
import { RedirectsScreen } from '../features/redirects/RedirectsScreen';
import { RequestsScreen } from '../features/requests/RequestsScreen';
import { StartScreen } from '../features/start/StartScreen';
import type { RoomId, ScreenProps } from '../lib/place';
import { useReadinessBadge, useRedirectsBadge } from './badges';

export interface RoomBadge {
  count: number;
  /** Something is broken, not just waiting. */
  hot: boolean;
  /** `3 unresolved redirects`. */
  words: string;
}

export interface Room {
  id: RoomId;
  title: string;
  icon: IconName;
  Screen: ComponentType<ScreenProps>;
  /** `top`: the rail's list; `bottom`: at its foot; `none`: reached otherwise (first run). */
  rail: 'top' | 'bottom' | 'none';
  /** Digit of `Ctrl+digit`. */
  digit?: string;
  /** Second letter of `g` + letter. */
  letter?: string;
  /** Works without an open session. */
  alone?: boolean;
  /** A hook: work that waits in this room. */
  useBadge?: () => RoomBadge | undefined;
}

export const rooms: readonly Room[] = [
  { id: 'start', title: 'Begin', icon: 'compass', Screen: StartScreen, rail: 'none', alone: true },
  { id: 'overview', title: 'Overview', icon: 'overview', Screen: OverviewScreen, rail: 'top', digit: '1', letter: 'o' },
  { id: 'incidents', title: 'Incidents', icon: 'incident', Screen: IncidentsScreen, rail: 'top', digit: '2', letter: 'i', alone: true },
  { id: 'alerts', title: 'Alerts', icon: 'flag', Screen: AlertsScreen, rail: 'top', letter: 'l' },
  { id: 'redirects', title: 'Redirects', icon: 'redirect', Screen: RedirectsScreen, rail: 'top', digit: '3', letter: 'r', useBadge: useRedirectsBadge },
  { id: 'readiness', title: 'Readiness', icon: 'readiness', Screen: ReadinessScreen, rail: 'top', digit: '4', letter: 'd', useBadge: useReadinessBadge },
  { id: 'changes', title: 'Changes', icon: 'swap', Screen: ChangesScreen, rail: 'top', digit: '5', letter: 'c' },
  { id: 'mail', title: 'Mail', icon: 'mail', Screen: MailScreen, rail: 'top', digit: '6', letter: 'm' },
  { id: 'accounts', title: 'Accounts', icon: 'account', Screen: AccountsScreen, rail: 'bottom', digit: '8', letter: 'a', alone: true },
  { id: 'requests', title: 'Requests', icon: 'request', Screen: RequestsScreen, rail: 'none', letter: 'q' },
];

/** Where the app opens: the first run while nothing is open, else the first room of the rail. */
export function homeOf(sessionOpen: boolean): RoomId {
  const start = rooms.find((room) => room.id === 'start');
  if (!sessionOpen && start) return start.id;
  return rooms.find((room) => room.rail === 'top')?.id ?? 'incidents';
}
