// The rooms that work, in the order of the rail. A room is listed here when its screen does its job, not before.
// To add one: write features/<room>/<Room>Screen.tsx and add a line below.
import type { ComponentType } from 'react';
import type { IconName } from '../design/icons';
import { IncidentsScreen } from '../features/incidents/IncidentsScreen';
import type { RoomId, ScreenProps } from '../lib/place';

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
  { id: 'incidents', title: 'Incidents', icon: 'incident', Screen: IncidentsScreen, rail: 'top', digit: '2', letter: 'i', alone: true },
];

/** Where the app opens: the first run while nothing is open, else the first room of the rail. */
export function homeOf(sessionOpen: boolean): RoomId {
  const start = rooms.find((room) => room.id === 'start');
  if (!sessionOpen && start) return start.id;
  return rooms.find((room) => room.rail === 'top')?.id ?? 'incidents';
}
