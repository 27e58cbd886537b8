// The queue's filter, sort and open row as they stand in the address. Pure: address in, request out, and back.
import type { IncidentFilter, IncidentGroup, Presence, Sort, SortColumn } from '../../contract/rpc.gen';
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

export const GROUPS: Record<IncidentGroup, string> = { severity: 'Severity', status: 'Status', owner: 'Owner', workspace: 'Workspace', presence: 'Source', target: 'Redirected to', day: 'Day of update' };

export function groupOf(params: Params): IncidentGroup | undefined {
  const name = params['group'];
  return name !== undefined && name in GROUPS ? (name as IncidentGroup) : undefined;
}

type ListName = 'severity' | 'status' | 'workspace' | 'presence' | 'owner' | 'target' | 'tag' | 'classification' | 'product';
export type Change = Record<string, string | undefined>;

const DEFAULT_SORT: Sort = { column: 'updated', descending: true };

export function viewOf(params: Params): QueueView {
  const hours = Number(params['hours']);
  return {
    filter: {
      text: params['q'] ?? '',
      severity: listOf(params['severity']),
      status: listOf(params['status']),
      workspace: listOf(params['workspace']),
      presence: listOf(params['presence']).filter((word): word is Presence => word in PRESENCE),
      owner: listOf(params['owner']),
      target: listOf(params['target']),
      tag: listOf(params['tag']),
      classification: listOf(params['classification']),
      product: listOf(params['product']),
      owner_differs: yesOf(params['differs']),
      redirected: yesOf(params['redirected']),
      updated_hours: Number.isInteger(hours) && hours > 0 ? hours : null,
      updated_day: /^\d{4}-\d{2}-\d{2}$/u.test(params['day'] ?? '') ? (params['day'] ?? null) : null,
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
    owner: textOf(filter.owner),
    target: textOf(filter.target),
    tag: textOf(filter.tag),
    classification: textOf(filter.classification),
    product: textOf(filter.product),
    differs: textOfYes(filter.owner_differs),
    redirected: textOfYes(filter.redirected),
    hours: filter.updated_hours === null ? undefined : String(filter.updated_hours),
    day: filter.updated_day ?? undefined,
  };
}

/** Values are joined by commas; a comma inside one is escaped, and an empty one is a lone `%`. */
function listOf(text: string | undefined): string[] {
  return text ? text.split(',').map((part) => (part === '%' ? '' : part.replaceAll('%2C', ',').replaceAll('%25', '%'))) : [];
}

function textOf(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.map((value) => (value === '' ? '%' : value.replaceAll('%', '%25').replaceAll(',', '%2C'))).join(',');
}

function yesOf(text: string | undefined): boolean | null {
  return text === 'yes' ? true : text === 'no' ? false : null;
}

function textOfYes(asked: boolean | null): string | undefined {
  return asked === null ? undefined : asked ? 'yes' : 'no';
}

/** `-updated` falls, `title` rises. */
function sortOf(text: string | undefined): Sort {
  const name = text?.replace(/^-/u, '');
  const column = COLUMNS.find((one) => one === name);
  return column ? { column, descending: text?.startsWith('-') ?? false } : DEFAULT_SORT;
}

/** The order as it stands in the address; the default one leaves it. */
export function paramOfSort({ column, descending }: Sort): string | undefined {
  const isDefault = column === DEFAULT_SORT.column && descending === DEFAULT_SORT.descending;
  return isDefault ? undefined : `${descending ? '-' : ''}${column}`;
}

/** What a press on a column's head asks for: its natural direction first, then the other. */
export function sortParam(current: Sort, pressed: string): string | undefined {
  const column = COLUMNS.find((one) => one === pressed) ?? DEFAULT_SORT.column;
  const descending = current.column === column ? !current.descending : FALLING.includes(column);
  return paramOfSort({ column, descending });
}

export interface ChipText {
  /** Parameter to clear. */
  param: string;
  name: string;
  value: string;
}

const STATUS_WORDS: Record<string, string> = { new: 'New', active: 'Active', in_progress: 'In progress', awaiting_action: 'Awaiting action', closed: 'Closed', redirected: 'Redirected' };
const CLASSIFICATION_WORDS: Record<string, string> = { TruePositive: 'True positive', BenignPositive: 'Benign positive', FalsePositive: 'False positive', Undetermined: 'Undetermined' };
const SEVERITY_WORDS: Record<string, string> = { high: 'High', medium: 'Medium', low: 'Low', informational: 'Info' };

export function statusWord(status: string): string {
  return STATUS_WORDS[status] ?? status;
}

/** The word for a value of a facet; an unknown value is its own word. */
export function valueWord(facet: ListName, value: string): string {
  if (facet === 'status') return statusWord(value);
  if (facet === 'severity') return SEVERITY_WORDS[value] ?? value;
  if (facet === 'classification' && value !== '') return CLASSIFICATION_WORDS[value] ?? value;
  if (facet === 'presence') return PRESENCE[value as Presence] ?? value;
  if (value === '') return facet === 'owner' ? 'nobody' : 'none';
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
    ...list('owner', 'Owner'),
    ...list('target', 'Redirected to'),
    ...list('tag', 'Tag'),
    ...list('classification', 'Classification'),
    ...list('product', 'Product'),
    ...(filter.updated_day === null ? [] : [{ param: 'day', name: 'Updated on', value: filter.updated_day }]),
    ...(filter.owner_differs === false ? [{ param: 'differs', name: 'Owner differs', value: 'no' }] : []),
    ...(filter.redirected === false ? [{ param: 'redirected', name: 'Redirected', value: 'no' }] : []),
  ];
}

export const NO_FILTERS: Change = { q: undefined, severity: undefined, status: undefined, workspace: undefined, presence: undefined, owner: undefined, target: undefined, tag: undefined, classification: undefined, product: undefined, differs: undefined, redirected: undefined, hours: undefined, day: undefined };

/** Whether anything narrows. */
export function narrows(filter: IncidentFilter): boolean {
  return Object.values(paramsOfFilter(filter)).some((value) => value !== undefined);
}
