// The palette's entries: screens, commands, incidents from the store, checks, accounts. It searches nothing itself.
import { useState } from 'react';
import { useAct, useRpc } from '../contract/rpc';
import type { IncidentFilter, SessionState } from '../contract/rpc.gen';
import { CommandPalette, type PaletteEntry, type PaletteScope } from '../design/CommandPalette';
import { THEMES, THEME_NAMES } from '../design/theme';
import type { Place } from '../lib/place';
import { usePreferences } from './preferences';
import { rooms } from './rooms';

const SCOPES = {
  commands: { prefix: '>', name: 'Commands' },
  incidents: { prefix: '#', name: 'Incidents' },
  checks: { prefix: '!', name: 'Checks' },
  accounts: { prefix: '@', name: 'Accounts' },
} as const satisfies Record<string, PaletteScope>;

export interface PaletteProps {
  session: SessionState | undefined;
  go: (place: Place) => void;
  /** Undefined where there is nothing to sync. */
  refresh: (() => void) | undefined;
  onKeys: () => void;
  onClose: () => void;
}

export function Palette(props: PaletteProps) {
  const [typed, setTyped] = useState('');
  const isOpen = props.session !== undefined && props.session.kind !== 'none';
  const commands = useCommandEntries(props);
  const incidents = useIncidentEntries(typed.replace(/^[>#!@]/u, '').trim(), isOpen, props.go);
  const checks = useCheckEntries(isOpen, props.go);
  const accounts = useAccountEntries();
  const scopes = [SCOPES.commands, SCOPES.incidents, ...(checks.length > 0 ? [SCOPES.checks] : []), ...(accounts.length > 0 ? [SCOPES.accounts] : [])];
  const entriesFor = (scope: PaletteScope | undefined, words: string) => {
    if (scope === SCOPES.incidents) return incidents;
    if (scope === SCOPES.commands) return matching(commands, words);
    if (scope === SCOPES.checks) return matching(checks, words);
    if (scope === SCOPES.accounts) return matching(accounts, words);
    const some = words === '' ? [] : [...incidents.slice(0, 6), ...matching(checks, words).slice(0, 6), ...matching(accounts, words)];
    return [...matching(commands, words), ...some];
  };
  return <CommandPalette scopes={scopes} entriesFor={entriesFor} placeholder="Go to an incident, screen or command" onTyped={setTyped} onClose={props.onClose} />;
}

function matching(entries: readonly PaletteEntry[], words: string): PaletteEntry[] {
  const parts = words.toLowerCase().split(/\s+/u);
  return entries.filter((entry) => parts.every((part) => `${entry.title} ${entry.note ?? ''}`.toLowerCase().includes(part)));
}

function useCommandEntries({ session, go, refresh, onKeys }: PaletteProps): PaletteEntry[] {
  const { setTheme, setZone, zone } = usePreferences();
  const demo = useAct('session_demo');
  const reconcile = useAct('sync_reconcile');
  const screens = rooms
    .map((room): PaletteEntry => ({ key: `room.${room.id}`, group: 'Screens', icon: room.icon, title: room.title, keys: room.digit ? ['Ctrl', room.digit] : undefined, run: () => go({ room: room.id }) }));
  const command = (key: string, icon: PaletteEntry['icon'], title: string, run: () => void, keys?: readonly string[]): PaletteEntry => ({ key, group: 'Commands', icon, title, run, keys });
  return [
    ...screens,
    ...(refresh ? [command('sync', 'refresh', 'Sync: read what changed', refresh, ['Ctrl', 'R']), command('reconcile', 'refresh', 'Reconcile: list all that Sentinel has', () => reconcile.mutate({}))] : []),
    ...(session?.kind === 'demo' ? [] : [command('demo', 'play', 'Open the demo tenant', () => demo.mutate({}))]),
    ...THEMES.map((theme) => command(`theme.${theme}`, 'sun', `Theme: ${THEME_NAMES[theme]}`, () => setTheme(theme))),
    command('zone', 'clock', zone === 'utc' ? 'Show local times' : 'Show UTC times', () => setZone(zone === 'utc' ? 'local' : 'utc')),
    command('keys', 'help', 'Show keys', onKeys, ['?']),
  ];
}

const NO_FILTER: IncidentFilter = { text: '', severity: [], status: [], workspace: [], presence: [], owner: [], target: [], tag: [], classification: [], product: [], owner_differs: null, redirected: null, updated_hours: null, updated_day: null };

/** Incidents by any id or words, straight from the store's own search. */
function useIncidentEntries(words: string, isOpen: boolean, go: (place: Place) => void): PaletteEntry[] {
  const request = { filter: { ...NO_FILTER, text: words }, sort: { column: 'updated', descending: true } as const, offset: 0, limit: 20 };
  const rows = useRpc('incident_list', request, { enabled: isOpen && words.length > 1, keep: true }).data?.rows ?? [];
  if (words.length < 2) return [];
  return rows.map((row) => ({
    key: row.key,
    group: 'Incidents',
    icon: row.redirected ? 'redirect' : 'incident',
    title: row.title,
    note: [row.number === null ? undefined : `Sentinel ${row.number}`, row.graph_id === null ? undefined : `Defender ${row.graph_id}`].filter(Boolean).join(', '),
    run: () => go({ room: 'incidents', params: { id: row.key } }),
  }));
}

function useCheckEntries(isOpen: boolean, go: (place: Place) => void): PaletteEntry[] {
  const works = isOpen && rooms.some((room) => room.id === 'readiness');
  const checks = useRpc('readiness_list', {}, { enabled: works }).data?.checks ?? [];
  return checks.map((check) => ({ key: check.id, group: 'Checks', icon: 'readiness', title: `${check.id} ${check.title}`, note: check.area, run: () => go({ room: 'readiness', params: { check: check.id } }) }));
}

function useAccountEntries(): PaletteEntry[] {
  const open = useAct('session_open');
  const accounts = useRpc('account_list', {}).data?.accounts ?? [];
  return accounts
    .filter((account) => !account.open)
    .map((account) => ({ key: `account.${account.name}`, group: 'Accounts', icon: 'account', title: `Open ${account.title}`, note: account.tenant, run: () => open.mutate({ name: account.name }) }));
}
