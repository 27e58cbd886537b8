// Keys of the whole app. Screens and grids have their own; a key they took never arrives here.
import { useEffect, useRef } from 'react';
import { isTyping } from '../design/single-keys';
import type { RoomId } from '../lib/place';
import { rooms } from './rooms';

const REGIONS = ['rail', 'toolbar', 'list', 'panel', 'status'] as const;
const FOCUSABLE = '[role=row][tabindex="0"], a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]):not([tabindex="-1"]), [tabindex="0"]';

export interface AppKeys {
  letters: boolean;
  openPalette: () => void;
  openKeySheet: () => void;
  go: (room: RoomId) => void;
  refresh: () => void;
}

export function useAppKeys(keys: AppKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let afterG = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const act = actionFor(event, latest.current, Date.now() - afterG < 1500);
      afterG = event.key === 'g' && !isTyping(event.target) ? Date.now() : 0;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** What a key does; undefined leaves it to the browser. */
export function actionFor(event: KeyboardEvent, keys: AppKeys, afterG: boolean): (() => void) | undefined {
  const { key } = event;
  if (key === 'F6') return () => cycleRegion(event.shiftKey ? -1 : 1);
  if (event.altKey && key === 'ArrowLeft') return () => window.history.back();
  if (event.altKey && key === 'ArrowRight') return () => window.history.forward();
  if (event.ctrlKey || event.metaKey) return controlAction(event, keys);
  if (event.altKey || !keys.letters || isTyping(event.target)) return undefined;
  if (afterG) {
    const room = rooms.find((one) => one.letter === key);
    if (room) return () => keys.go(room.id);
  }
  if (key === '/') return focusSearch;
  return key === '?' ? keys.openKeySheet : undefined;
}

function controlAction({ key, shiftKey, altKey }: KeyboardEvent, keys: AppKeys): (() => void) | undefined {
  const lower = key.toLowerCase();
  if (altKey) return undefined;
  if (lower === 'k' || (shiftKey && lower === 'p')) return keys.openPalette;
  if (lower === 'r' && !shiftKey) return keys.refresh;
  const room = rooms.find((one) => one.digit === key);
  return room ? () => keys.go(room.id) : undefined;
}

export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}

/** F6 walks rail, toolbar, list, panel, status bar; each remembers nothing and starts at its first stop. */
export function cycleRegion(by: 1 | -1): void {
  const present = REGIONS.map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`)).filter((one) => one !== null);
  const at = present.findIndex((region) => region.contains(document.activeElement));
  const next = present[(at + by + present.length) % present.length] ?? present[0];
  const stop = next?.querySelector<HTMLElement>(FOCUSABLE) ?? next;
  stop?.focus();
}
