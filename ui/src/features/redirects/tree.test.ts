import { expect, test } from 'vitest';
import type { RedirectList, RedirectRow, TargetRef } from '../../contract/rpc.gen';
import { narrow, parentsOf, targetKey, treeRows, UNRESOLVED, type TreeRow } from './tree';

function target(id: string): TargetRef {
  return { sentinel_id: null, graph_id: id, number: null, workspace: null, title: `Target ${id}`, severity: 'high', alerts: 9 };
}
function row(id: string, depth: number, more: Partial<RedirectRow> = {}): RedirectRow {
  return { key: `g:${id}`, sentinel_id: null, graph_id: id, number: null, workspace: 'law-soc-weu', title: `Incident ${id}`, severity: 'medium', merged: null, target: target('t'), named: null, unresolved_reason: null, reason: null, hops: depth, known_by: 'both', depth, ...more };
}

const LIST: RedirectList = {
  unresolved: [row('21798', 1, { target: null, unresolved_reason: 'cycle', reason: 'Cycle: 21798, 21799, 21798' })],
  groups: [
    { target: target('21842'), rows: [row('21839', 1), row('21836', 2), row('21829', 3), row('21840', 1, { known_by: 'graph' })] },
    { target: target('21790'), rows: [row('21784', 1), row('21780', 2, { title: 'Shadow copies deleted' })] },
  ],
  sources: 7,
  resolved: 6,
  known_by: [['both', 6], ['graph', 1]],
};

const shown = (rows: readonly TreeRow[]) => rows.map((one) => `${'  '.repeat(one.place.level - 1)}${one.kind === 'head' ? one.title : one.kind === 'target' ? one.target.graph_id : one.row.graph_id}`);
const view = (more: Partial<Parameters<typeof treeRows>[1]> = {}) => ({ choices: new Map<string, boolean>(), narrowed: false, ...more });

test('what is unresolved comes first, the first target is open, the others wait', () => {
  expect(shown(treeRows(LIST, view()))).toEqual(['Unresolved', '  21798', 'Targets', '  21842', '    21839', '      21836', '        21829', '    21840', '  21790']);
});

test('a closed branch takes everything below it along', () => {
  const rows = treeRows(LIST, view({ choices: new Map([['g:21839', false], [UNRESOLVED, false]]) }));
  expect(shown(rows)).toEqual(['Unresolved', 'Targets', '  21842', '    21839', '    21840', '  21790']);
});

test('the group of the shown row is open, unless the user closed it', () => {
  expect(shown(treeRows(LIST, view({ selected: 'g:21780' }))).slice(-3)).toEqual(['  21790', '    21784', '      21780']);
  expect(shown(treeRows(LIST, view({ selected: 'g:21780', choices: new Map([[targetKey('21790'), false]]) }))).at(-1)).toBe('  21790');
});

test('each row knows its place among its siblings, and only a branch can be opened', () => {
  const rows = treeRows(LIST, view());
  const place = (id: string) => rows.find((one) => one.kind === 'source' && one.row.graph_id === id)?.place;
  expect(place('21840')).toEqual({ level: 3, setSize: 2, position: 2, expanded: undefined });
  expect(place('21836')).toEqual({ level: 4, setSize: 1, position: 1, expanded: true });
});

test('the parent is the nearest row above with less depth', () => {
  expect(parentsOf([1, 2, 3, 2, 1, 2].map((depth) => ({ depth })))).toEqual([-1, 0, 1, 0, -1, 4]);
});

test('a filter keeps the chain above a match, drops groups without one, and opens what it keeps', () => {
  const found = narrow(LIST, 'shadow', []);
  expect(shown(treeRows(found, view({ narrowed: true })))).toEqual(['Targets', '  21790', '    21784', '      21780']);
  expect(narrow(LIST, '', ['graph']).groups.map((group) => group.rows.map((one) => one.graph_id))).toEqual([['21840']]);
  expect(narrow(LIST, '', [])).toBe(LIST);
});

test('nothing at all is no row', () => {
  expect(treeRows({ unresolved: [], groups: [] }, view())).toEqual([]);
});

test('what is not read yet stands apart from what could not be found, and is found by the id that was named', () => {
  const unread = row('5', 1, { target: null, named: '21791', unresolved_reason: 'target_not_read' });
  const list = { ...LIST, unresolved: [...LIST.unresolved, unread] };
  const rows = treeRows(list, view());
  expect(shown(rows).slice(0, 3)).toEqual(['Unresolved', '  21798', 'Targets']);
  expect(shown(rows).slice(-2)).toEqual(['Target not read yet', '  5']);
  expect(rows.filter((one) => one.kind === 'head').map((one) => one.warn)).toEqual([true, false, false]);
  expect(narrow(list, '21791', []).unresolved).toEqual([unread]);
});
