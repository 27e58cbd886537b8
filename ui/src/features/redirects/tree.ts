// The chains as rows of a tree: what is unresolved on top, then each target with its sources below by the hop that moved
// them, then what is not read yet.
// Pure: list in, visible rows out. The core sends a group's rows in tree order, each with its depth.
import type { RedirectGroup, RedirectList, RedirectRow, TargetRef } from '../../contract/rpc.gen';
import type { TreePlace } from '../../design/DataGrid';

export interface HeadRow {
  kind: 'head';
  key: string;
  title: string;
  count: number;
  warn: boolean;
  place: TreePlace;
}
export interface TargetRow {
  kind: 'target';
  key: string;
  target: TargetRef;
  sources: number;
  place: TreePlace;
}
export interface SourceRow {
  kind: 'source';
  key: string;
  row: RedirectRow;
  place: TreePlace;
}
export type TreeRow = HeadRow | TargetRow | SourceRow;

/** What the user opened and closed; a key that is not here has its default. */
export type Choices = ReadonlyMap<string, boolean>;

export const UNRESOLVED = 'head:unresolved';
export const UNREAD = 'head:unread';
export const TARGETS = 'head:targets';
export const targetKey = (graphId: string) => `target:${graphId}`;

export interface TreeView {
  choices: Choices;
  /** The row that is shown beside: its group is open unless the user closed it. */
  selected?: string | undefined;
  /** A filter is on: every group is open unless the user closed it. */
  narrowed: boolean;
}

/** Named, and read behind the sync: neither found nor lost. */
export const isUnread = (row: RedirectRow) => row.unresolved_reason === 'target_not_read';

export function treeRows(list: Pick<RedirectList, 'unresolved' | 'groups'>, view: TreeView): TreeRow[] {
  const lost = list.unresolved.filter((row) => !isUnread(row));
  const unread = list.unresolved.filter(isUnread);
  const heads = [
    { key: UNRESOLVED, title: 'Unresolved', warn: true, count: lost.length, below: () => flat(lost) },
    { key: TARGETS, title: 'Targets', warn: false, count: list.groups.length, below: () => list.groups.flatMap((group, at) => groupRows(group, at, list.groups.length, view)) },
    { key: UNREAD, title: 'Target not read yet', warn: false, count: unread.length, below: () => flat(unread) },
  ].filter(({ count }) => count > 0);
  return heads.flatMap(({ key, title, warn, count, below }, at): TreeRow[] => {
    const expanded = view.choices.get(key) ?? true;
    return [{ kind: 'head', key, title, count, warn, place: { level: 1, setSize: heads.length, position: at + 1, expanded } }, ...(expanded ? below() : [])];
  });
}

function flat(rows: readonly RedirectRow[]): SourceRow[] {
  return rows.map((row, at): SourceRow => ({ kind: 'source', key: row.key, row, place: { level: 2, setSize: rows.length, position: at + 1 } }));
}

function groupRows(group: RedirectGroup, at: number, of: number, view: TreeView): TreeRow[] {
  const key = targetKey(group.target.graph_id);
  const holds = view.selected !== undefined && group.rows.some((row) => row.key === view.selected);
  const open = view.choices.get(key) ?? (at === 0 || holds || view.narrowed);
  const head: TargetRow = { kind: 'target', key, target: group.target, sources: group.rows.length, place: { level: 2, setSize: of, position: at + 1, expanded: open } };
  return open ? [head, ...sourceRows(group.rows, view.choices)] : [head];
}

function sourceRows(rows: readonly RedirectRow[], choices: Choices): SourceRow[] {
  const parents = parentsOf(rows);
  const sizes = new Map<number, number>();
  for (const parent of parents) sizes.set(parent, (sizes.get(parent) ?? 0) + 1);
  const seen = new Map<number, number>();
  const hidden = new Set<number>();
  const shown: SourceRow[] = [];
  rows.forEach((row, at) => {
    const parent = parents[at] ?? -1;
    const position = (seen.get(parent) ?? 0) + 1;
    seen.set(parent, position);
    const branch = sizes.has(at);
    const open = choices.get(row.key) ?? true;
    if (hidden.has(parent) || (branch && !open)) hidden.add(at);
    if (hidden.has(parent)) return;
    shown.push({ kind: 'source', key: row.key, row, place: { level: row.depth + 2, setSize: sizes.get(parent) ?? 1, position, expanded: branch ? open : undefined } });
  });
  return shown;
}

/** The index of the row each was merged into; -1 = straight into the target. */
export function parentsOf(rows: readonly Pick<RedirectRow, 'depth'>[]): number[] {
  const way: number[] = [];
  return rows.map((row, at) => {
    while (way.length > 0 && (rows[way.at(-1) as number]?.depth ?? 0) >= row.depth) way.pop();
    const parent = way.at(-1) ?? -1;
    way.push(at);
    return parent;
  });
}

/** The list with the sources that match, and those that stand above a match in its chain. */
export function narrow(list: RedirectList, text: string, knownBy: readonly string[]): Pick<RedirectList, 'unresolved' | 'groups'> {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0 && knownBy.length === 0) return list;
  const fits = (row: RedirectRow) => (knownBy.length === 0 || knownBy.includes(row.known_by)) && words.every((word) => textOf(row).includes(word));
  const groups = list.groups.map((group) => ({ ...group, rows: withAbove(group.rows, fits) })).filter((group) => group.rows.length > 0);
  return { unresolved: list.unresolved.filter(fits), groups };
}

function withAbove(rows: readonly RedirectRow[], fits: (row: RedirectRow) => boolean): RedirectRow[] {
  const parents = parentsOf(rows);
  const kept = new Set<number>();
  rows.forEach((row, at) => {
    if (fits(row)) for (let up = at; up >= 0 && !kept.has(up); up = parents[up] ?? -1) kept.add(up);
  });
  return rows.filter((_, at) => kept.has(at));
}

function textOf(row: RedirectRow): string {
  const { target } = row;
  return [row.graph_id, row.number, row.sentinel_id, row.title, row.workspace, row.named, target?.graph_id, target?.number, target?.title].filter((part) => part !== null && part !== undefined).join(' ').toLowerCase();
}

/** How a source is named: by its Defender id where that is proved, else by its Sentinel number. */
export function nameOf(row: Pick<RedirectRow, 'graph_id' | 'number' | 'sentinel_id' | 'key'>): string {
  return row.graph_id ?? (row.number === null ? (row.sentinel_id ?? row.key) : `#${row.number}`);
}
