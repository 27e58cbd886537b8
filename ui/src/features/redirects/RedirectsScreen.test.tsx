// The chains against a core that answers from memory.
import axe from 'axe-core';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RedirectList, RedirectRow, TargetRef } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { RedirectsScreen } from './RedirectsScreen';

const TARGET: TargetRef = { sentinel_id: null, graph_id: '21842', number: 4718, workspace: 'law-soc-weu', title: 'Multi-stage incident', severity: 'high', alerts: 17 };

function row(id: string, depth: number, more: Partial<RedirectRow> = {}): RedirectRow {
  return { key: `g:${id}`, sentinel_id: null, graph_id: id, number: null, workspace: 'law-soc-weu', title: `Incident ${id}`, severity: 'medium', merged: '2026-11-24T08:31:00Z', target: TARGET, named: null, unresolved_reason: null, reason: null, hops: depth, known_by: 'both', depth, ...more };
}

const LIST: RedirectList = {
  unresolved: [row('21798', 1, { title: 'x\u202Efdp.exe', target: null, unresolved_reason: 'target_not_visible', reason: 'Target 21791 is not visible: no right to see it.', known_by: 'graph' })],
  groups: [{ target: TARGET, rows: [row('21839', 1), row('21836', 2, { known_by: 'disagree' })] }],
  sources: 3,
  resolved: 2,
  known_by: [['both', 1], ['disagree', 1], ['graph', 1]],
};

function answers(list = LIST): Answers {
  const all = [...list.unresolved, ...list.groups.flatMap((group) => group.rows)];
  return {
    redirect_list: () => list,
    redirect_get: ({ key }) => ({
      row: all.find((one) => one.key === key) as RedirectRow,
      statement: 'Graph names the next hop.',
      path: ['21836', '21839', '21842'],
      evidence: [{ source: 'graph', request: 'GET /v1.0/security/incidents/21836', read_at: '2026-11-24T09:38:12Z', path: null, lines: [{ number: 4, text: '"redirectIncidentId": "21839",', hit: true }] }],
    }),
  };
}

test('unresolved sources stand on top with their reason, hostile marks shown', async () => {
  showScreen(RedirectsScreen, answers());
  const rows = await screen.findAllByRole('row');
  expect(rows.slice(1).map((one) => one.getAttribute('aria-level'))).toEqual(['1', '2', '1', '2', '3', '4']);
  const unresolved = screen.getByRole('row', { name: /21798/u });
  expect(within(unresolved).getByText('Target not visible').title).toContain('21791');
  expect(within(unresolved).getByText('x[U+202E]fdp.exe')).toBeTruthy();
  expect(screen.getByText('3 into 1 target. 2 resolved, 1 unresolved.')).toBeTruthy();
});

test('how an end is known is said in words', async () => {
  showScreen(RedirectsScreen, answers());
  expect(within(await screen.findByRole('row', { name: /21836/u })).getByText('The APIs end at different incidents')).toBeTruthy();
});

test('Enter shows the proof, the keys walk on with it, Escape leads back', async () => {
  const { params } = showScreen(RedirectsScreen, answers());
  const tree = await screen.findByRole('treegrid');
  const first = within(tree).getByRole('row', { name: /21798/u });
  first.focus();
  fireEvent.keyDown(first, { key: 'Enter' });
  await screen.findByText('Unresolved', { selector: 'span' });
  expect(params()).toEqual({ id: 'g:21798' });
  const proof = await screen.findByRole('region', { name: 'Proof' });
  expect(within(proof).getByText('"redirectIncidentId": "21839",', { exact: false })).toBeTruthy();
  fireEvent.keyDown(proof, { key: 'j' });
  await waitFor(() => expect(params()).toEqual({ id: 'g:21839' }));
  fireEvent.keyDown(proof, { key: 'Escape' });
  await waitFor(() => expect(params()).toEqual({}));
});

test('a branch closes by key and takes its rows along', async () => {
  showScreen(RedirectsScreen, answers());
  const branch = await screen.findByRole('row', { name: /21839/u });
  branch.focus();
  fireEvent.click(within(branch).getByRole('button', { name: 'Close 21839' }));
  await waitFor(() => expect(screen.queryByRole('row', { name: /Incident 21836/u })).toBeNull());
});

test('the map has a table with the same numbers', async () => {
  const { params } = showScreen(RedirectsScreen, answers());
  await userEvent.click(await screen.findByRole('radio', { name: 'Table' }));
  expect(params()).toEqual({ view: 'table' });
  const table = screen.getByRole('table');
  expect(within(table).getAllByRole('row').slice(1).map((one) => one.textContent)).toEqual(['law-soc-weu21842 Multi-stage incident2', 'law-soc-weuUnresolved1']);
});

test('a filter that finds nothing says of how many, and clears', async () => {
  const { params } = showScreen(RedirectsScreen, answers(), { q: 'nothing has these words' });
  await screen.findByText('0 of 3 match');
  await userEvent.click(screen.getByRole('button', { name: 'Clear all' }));
  expect(params()).toEqual({});
  expect(await screen.findByRole('row', { name: /21839/u })).toBeTruthy();
});

test('without redirects it leads to the check that tells why', async () => {
  const { places } = showScreen(RedirectsScreen, answers({ unresolved: [], groups: [], sources: 0, resolved: 0, known_by: [] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Open check AR-05' }));
  expect(places).toEqual([{ room: 'readiness', params: { check: 'AR-05' } }]);
});

test('with nothing open it asks nothing of the store', async () => {
  const { core, places } = showScreen(RedirectsScreen, { ...answers(), session_get: () => ({ ...SESSION, kind: 'none', sources: [] }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Choose what to open' }));
  expect(places).toEqual([{ room: 'start' }]);
  expect(core.asked.map(({ command }) => command)).not.toContain('redirect_list');
});

test('axe finds nothing, with a proof open', async () => {
  const { container } = showScreen(RedirectsScreen, answers(), { id: 'g:21836' });
  await screen.findByText('Graph names the next hop.');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
