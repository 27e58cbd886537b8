// The first figures against a core that answers from memory.
import axe from 'axe-core';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { JobView, Overview } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { OverviewScreen } from './OverviewScreen';

const OVERVIEW: Overview = {
  deadlines: [
    { id: 'sentinel', title: 'Sentinel leaves the Azure portal', date: '2027-03-31', days: 127, note: 'Rules and data stay.', page: 'https://learn.microsoft.com/move' },
    { id: 'smtp', title: 'SMTP passwords go off by default', date: '2026-12-31', days: 37, note: 'Administrators can switch them back on.', page: 'https://learn.microsoft.com/smtp' },
  ],
  incidents: 5858,
  twins: 1983,
  sentinel_incidents: 5000,
  graph_incidents: 2972,
  redirected: 265,
  resolved: 241,
  unresolved: 24,
  not_read: 0,
  coverage: { ran: 20, could_not_run: 3, total: 23 },
  areas: [{ area: 'Playbooks', verdicts: [['fail', 1], ['could_not_run', 3], ['pass', 2]] }],
  mail: [],
  first: [
    { title: 'Rule `Close MDE` runs on all incidents', detail: 'AU-01.', route: '/readiness?check=AU-01', verdict: 'fail' },
    { title: 'Leads nowhere', detail: '', route: '/elsewhere', verdict: 'review' },
  ],
};
const NOTHING: Overview = { ...OVERVIEW, incidents: 0, twins: 0, sentinel_incidents: 0, graph_incidents: 0, redirected: 0, resolved: 0, unresolved: 0, not_read: 0, coverage: null, areas: [], first: [] };
const answers = (overview = OVERVIEW): Answers => ({ overview_get: () => overview });
const job = (more: Partial<JobView>): JobView => ({ id: 1, command: 'sync_run', state: 'running', step: 'Reading incidents', done: 3950, total: 8000, rate: 1, left: 4, waiting: null, asked: null, failure: null, ...more });

test('two clocks, and the second says that it can be switched back', async () => {
  showScreen(OverviewScreen, answers());
  const smtp = await screen.findByRole('region', { name: 'SMTP passwords go off by default' });
  for (const words of ['37', 'Thursday, 31 December 2026', 'Administrators can switch them back on.']) expect(within(smtp).getByText(words)).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Sentinel leaves the Azure portal' })).getByText('127')).toBeTruthy();
});

test('a score stands with its coverage, and what could not run is no pass', async () => {
  showScreen(OverviewScreen, answers());
  expect(await screen.findByText('20 of 23 checks ran, 3 could not')).toBeTruthy();
  expect(screen.getByText('2 of 6')).toBeTruthy();
  expect(screen.getAllByRole('img', { name: '1 fail, 3 could not run, 2 pass' }).length).toBeGreaterThan(0);
});

test('incidents are counted where they live and add up', async () => {
  showScreen(OverviewScreen, answers());
  expect(await screen.findByRole('img', { name: '2,886 in Sentinel alone, 2,114 in both, 858 in Defender alone' })).toBeTruthy();
});

test('what to do first leads to its proof; a route of no screen has no button', async () => {
  const { places } = showScreen(OverviewScreen, answers());
  const items = within(await screen.findByRole('region', { name: 'Do first' })).getAllByRole('listitem');
  await userEvent.click(within(items[0] as HTMLElement).getByRole('button'));
  expect(places).toEqual([{ room: 'readiness', params: { check: 'AU-01' } }]);
  expect(within(items[1] as HTMLElement).queryByRole('button')).toBeNull();
});

test('while the first reading runs it says how far it is, and calls nothing clean', async () => {
  showScreen(OverviewScreen, { ...answers(NOTHING), job_list: () => ({ jobs: [job({})] }) });
  expect(await screen.findByText('3,950 of 8,000, 4 s left')).toBeTruthy();
  expect(await screen.findByText(/first reading is under way/u)).toBeTruthy();
  expect(screen.getByText('No incident is in the store.')).toBeTruthy();
  expect(screen.queryByText(/Nothing broken/u)).toBeNull();
});

test('a wait that the service asked for is counted down', async () => {
  showScreen(OverviewScreen, { ...answers(NOTHING), job_list: () => ({ jobs: [job({ step: 'Graph', waiting: 42 })] }) });
  expect(await screen.findByText('Graph asked us to wait.')).toBeTruthy();
  expect(screen.getByRole('timer', { name: '42 seconds left' })).toBeTruthy();
});

test('a source that failed is named with its reason', async () => {
  showScreen(OverviewScreen, { ...answers(), session_get: () => ({ ...SESSION, sources: [{ api: 'graph', read_at: null, rows: 0, trouble: 'This account lacks a role.', note: null }] }) });
  expect(await screen.findByText('This account lacks a role.')).toBeTruthy();
});

test('axe finds nothing', async () => {
  const { container } = showScreen(OverviewScreen, answers());
  await screen.findByText('20 of 23 checks ran, 3 could not');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
