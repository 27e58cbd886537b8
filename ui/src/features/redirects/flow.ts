// Where merged incidents went, as counts from place to target: the numbers behind the map and its table.
import type { RedirectList } from '../../contract/rpc.gen';
import { isUnread } from './tree';

export interface FlowNode {
  key: string;
  side: 'from' | 'to';
  label: string;
  count: number;
  kind: 'place' | 'target' | 'others' | 'unresolved';
}
export interface FlowLink {
  from: string;
  to: string;
  count: number;
}
export interface Flow {
  nodes: FlowNode[];
  links: FlowLink[];
}

const NOWHERE = 'Defender only';
const MOST_PLACES = 8;

/** Targets with the most sources, the rest as one, the unresolved last. */
export function flowOf(list: Pick<RedirectList, 'groups' | 'unresolved'>, mostTargets: number): Flow {
  const sorted = list.groups.toSorted((a, b) => b.rows.length - a.rows.length);
  const single = sorted.slice(0, sorted.length === mostTargets + 1 ? mostTargets + 1 : mostTargets);
  const rest = sorted.slice(single.length);
  const to = new Map<string, FlowNode>();
  const links = new Map<string, FlowLink>();
  const places = bigPlaces(list);
  const add = (place: string | null, node: Omit<FlowNode, 'count' | 'side'>) => {
    const name = place ?? NOWHERE;
    const from = `from:${places.has(name) ? name : 'Other workspaces'}`;
    const known = to.get(node.key) ?? { ...node, side: 'to', count: 0 };
    to.set(node.key, { ...known, count: known.count + 1 });
    const link = links.get(`${from}>${node.key}`) ?? { from, to: node.key, count: 0 };
    links.set(`${from}>${node.key}`, { ...link, count: link.count + 1 });
  };
  for (const { target, rows } of single) for (const row of rows) add(row.workspace, { key: `to:${target.graph_id}`, label: [target.graph_id, target.title].filter(Boolean).join(' '), kind: 'target' });
  for (const { rows } of rest) for (const row of rows) add(row.workspace, { key: 'to:others', label: `${rest.length.toLocaleString('en')} other targets`, kind: 'others' });
  for (const row of list.unresolved) add(row.workspace, isUnread(row) ? { key: 'to:unread', label: 'Not read yet', kind: 'others' } : { key: 'to:unresolved', label: 'Unresolved', kind: 'unresolved' });
  return { nodes: [...fromNodes([...links.values()]), ...to.values()], links: [...links.values()] };
}

function bigPlaces(list: Pick<RedirectList, 'groups' | 'unresolved'>): Set<string> {
  const counts = new Map<string, number>();
  for (const row of [...list.groups.flatMap((group) => group.rows), ...list.unresolved]) counts.set(row.workspace ?? NOWHERE, (counts.get(row.workspace ?? NOWHERE) ?? 0) + 1);
  const most = counts.size > MOST_PLACES ? MOST_PLACES - 1 : MOST_PLACES;
  return new Set([...counts].sort((a, b) => b[1] - a[1]).slice(0, most).map(([name]) => name));
}

function fromNodes(links: readonly FlowLink[]): FlowNode[] {
  const counts = new Map<string, number>();
  for (const { from, count } of links) counts.set(from, (counts.get(from) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key, count]) => ({ key, side: 'from', label: key.slice('from:'.length), count, kind: 'place' }));
}
