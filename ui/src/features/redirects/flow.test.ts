import { expect, test } from 'vitest';
import type { RedirectGroup, RedirectRow } from '../../contract/rpc.gen';
import { flowOf } from './flow';

function rows(workspace: string | null, count: number): RedirectRow[] {
  return Array.from({ length: count }, (_, at) => ({ key: `${workspace}/${at}`, sentinel_id: null, graph_id: `${at}`, number: null, workspace, title: null, severity: null, merged: null, target: null, named: null, unresolved_reason: null, reason: null, hops: 1, known_by: 'both', depth: 1 }));
}
function group(id: string, all: RedirectRow[]): RedirectGroup {
  return { target: { sentinel_id: null, graph_id: id, number: null, workspace: null, title: `Title ${id}`, severity: null, alerts: null }, rows: all };
}

test('every source is counted once on either side', () => {
  const flow = flowOf({ groups: [group('1', [...rows('weu', 3), ...rows(null, 1)]), group('2', rows('neu', 2)), group('3', rows('weu', 1)), group('4', rows('weu', 1))], unresolved: rows('neu', 2) }, 2);
  expect(flow.nodes.map(({ side, label, count }) => `${side} ${label} ${count}`)).toEqual(['from weu 5', 'from neu 4', 'from Defender only 1', 'to 1 Title 1 4', 'to 2 Title 2 2', 'to 2 other targets 2', 'to Unresolved 2']);
  const sum = flow.links.reduce((all, { count }) => all + count, 0);
  expect(sum).toBe(10);
});

test('one target too many is shown rather than called one other', () => {
  const flow = flowOf({ groups: [group('1', rows('weu', 3)), group('2', rows('weu', 2)), group('3', rows('weu', 1))], unresolved: [] }, 2);
  expect(flow.nodes.filter(({ side }) => side === 'to').map(({ kind }) => kind)).toEqual(['target', 'target', 'target']);
});

test('many workspaces are gathered, none is lost', () => {
  const flow = flowOf({ groups: [group('1', Array.from({ length: 20 }, (_, at) => rows(`w${at}`, 20 - at)).flat())], unresolved: [] }, 6);
  const from = flow.nodes.filter(({ side }) => side === 'from');
  expect(from).toHaveLength(8);
  expect(from.reduce((all, { count }) => all + count, 0)).toBe(210);
});
