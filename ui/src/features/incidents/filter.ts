// The queue's filter, sort and open row as they stand in the address. Pure: address in, request out, and back.
import type { IncidentFilter, Presence, Sort, SortColumn } from '../../contract/rpc.gen';
import type { Params } from '../../lib/place';

export const PRESENCE: Record<Presence, string> = {
  both: 'Sentinel and Defender',
  sentinel_only: 'Sentinel only',
  twin_not_proved: 'Twin not proved',
  twin_missing: 'Twin missing',
  defender_not_read: 'Defender not read yet',
  defender_only: 'Defender only',
};
const COLUMNS: readonly SortColumn[] = ['severity', 'title', 'status', 'owner', 'number', 'workspace', 'created', 'updated', 'alerts'];
/** Columns that read best from the top down. */
const FALLING: readonly SortColumn[] = ['severity', 'created', 'updated', 'alerts', 'number'];

export const HOURS: readonly (readonly [hours: number, words: string])[] = [
  [24, '24 hours'],
  [168, '7 days'],
  [720, '30 days'],
];

export interface QueueView {
  filter: IncidentFilter;
  sort: Sort;
}

type ListName = 'severity' | 'status' | 'workspace' | 'presence';
export type Change = Record<string, string | undefined>;

const DEFAULT_SORT: Sort = { column: 'updated', descending: true };

export function viewOf(params: Params): QueueView {
  const hours = Number(params['hours']);
  const redirected = params['redirected'];
  return {
    filter: {
      text: params['q'] ?? '',
      severity: listOf(params['severity']),
      status: listOf(params['status']),
      workspace: listOf(params['workspace']),
      presence: listOf(params['presence']).filter((word): word is Presence => word in PRESENCE),
      redirected: redirected === 'yes' ? true : redirected === 'no' ? false : null,
      updated_hours: Number.isInteger(hours) && hours > 0 ? hours : null,
    },
    sort: sortOf(params['sort']),
  };
}

/** The parameters that a filter needs; `viewOf` reads them back. */
export function paramsOfFilter(filter: IncidentFilter): Change {
  return {
    q: filter.text || undefined,
    severity: textOf(filter.severity),
    status: textOf(filter.status),
    workspace: textOf(filter.workspace),
    presence: textOf(filter.presence),
    redirected: filter.redirected === null ? undefined : filter.redirected ? 'yes' : 'no',
    hours: filter.updated_hours === null ? undefined : String(filter.updated_hours),
  };
}

/** Values are joined by commas; a comma inside one is escaped. */
function listOf(text: string | undefined): string[] {
  return text ? text.split(',').map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%')) : [];
}

function textOf(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
}

/** `-updated` falls, `title` rises. */
function sortOf(text: string | undefined): Sort {
  const name = text?.replace(/^-/u, '');
  const column = COLUMNS.find((one) => one === name);
  return column ? { column, descending: text?.startsWith('-') ?? false } : DEFAULT_SORT;
}

/** What a press on a column's head asks for: its natural direction first, then the other. */
export function sortParam(current: Sort, pressed: string): string | undefined {
  const column = COLUMNS.find((one) => one === pressed) ?? DEFAULT_SORT.column;
  const descending = current.column === column ? !current.descending : FALLING.includes(column);
  const isDefault = column === DEFAULT_SORT.column && descending === DEFAULT_SORT.descending;
  return isDefault ? undefined : `${descending ? '-' : ''}${column}`;
}

export interface ChipText {
  /** Parameter to clear. */
  param: string;
  name: string;
  value: string;
}

const STATUS_WORDS: Record<string, string> = { new: 'New', active: 'Active', in_progress: 'In progress', awaiting_action: 'Awaiting action', closed: 'Closed', redirected: 'Redirected' };
const SEVERITY_WORDS: Record<string, string> = { high: 'High', medium: 'Medium', low: 'Low', informational: 'Info' };

export function statusWord(status: string): string {
  return STATUS_WORDS[status] ?? status;
}

/** The word for a value of a facet; an unknown value is its own word. */
export function valueWord(facet: ListName, value: string): string {
  if (facet === 'status') return statusWord(value);
  if (facet === 'severity') return SEVERITY_WORDS[value] ?? value;
  if (facet === 'presence') return PRESENCE[value as Presence] ?? value;
  return value;
}

/** The filters in force, in words, in the order of the toolbar. Quick filters have buttons of their own. */
export function chipsOf(filter: IncidentFilter): ChipText[] {
  const list = (param: ListName, name: string): ChipText[] =>
    filter[param].length === 0 ? [] : [{ param, name, value: filter[param].map((value) => valueWord(param, value)).join(', ') }];
  const hours = filter.updated_hours;
  return [
    ...(hours === null ? [] : [{ param: 'hours', name: 'Updated', value: HOURS.find(([known]) => known === hours)?.[1] ?? `${hours} hours` }]),
    ...list('severity', 'Severity'),
    ...list('status', 'Status'),
    ...list('workspace', 'Workspace'),
    ...list('presence', 'Source'),
    ...(filter.redirected === false ? [{ param: 'redirected', name: 'Redirected', value: 'no' }] : []),
  ];
}

export const NO_FILTERS: Change = { q: undefined, severity: undefined, status: undefined, workspace: undefined, presence: undefined, redirected: undefined, hours: undefined };

/** Whether anything narrows. */
export function narrows(filter: IncidentFilter): boolean {
  return Object.values(paramsOfFilter(filter)).some((value) => value !== undefined);
}
