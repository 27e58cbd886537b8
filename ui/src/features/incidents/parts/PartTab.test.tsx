// The panel's tabs of an incident's parts against a core that answers from memory: when it is asked, what is shown.
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { IncidentDetail, IncidentParts, IncidentRow, JobView } from '../../../contract/rpc.gen';
import { showScreen, type Answers } from '../../../test-core';
import { IncidentPanel, TABS, type TabKey } from '../IncidentPanel';
import { isDue } from './reading';

const ROW = { key: 'g:7', sentinel_id: null, graph_id: '7', number: null, workspace: null, title: 'Seven', severity: 'high', status: 'new', owner: null, alerts: 1, tags: [], created: null, updated: null, presence: 'both', redirected: false, target: null, unresolved_reason: null, absorbed: 0, can: { change: 'graph', why_not: null } } satisfies IncidentRow;
const DETAIL: IncidentDetail = { row: ROW, sentinel: null, graph: null, compare: [], listed: null, portals: [] };
const JOB: JobView = { id: 5, command: 'incident_read', state: 'done', step: '', done: 0, total: null, rate: 0, left: null, waiting: null, asked: null, failure: null };
const HOSTILE = '<img src=x onerror=alert(1)>\u202Egnp';

function partsOf(read_at: string | null, more: Partial<IncidentParts> = {}): IncidentParts {
  const age = { read_at, trouble: [] };
  return {
    alerts: { items: [{ id: 'a', title: HOSTILE, severity: 'high', status: 'new', product: 'Defender', tactics: ['Execution'], first: null, last: '2026-11-24T08:00:00Z', teller: 'graph' }], age },
    entities: { items: [{ kind: 'Host', name: 'WEU-SQL-0042', aliases: ['weu-sql-0042.corp'], teller: 'sentinel' }], age },
    comments: { items: [{ text: 'Handed over.', author: 'Lena', at: '2026-11-24T09:00:00Z', teller: 'sentinel', in_both: true }], age },
    tasks: { items: [{ title: HOSTILE, description: 'By phone.', status: 'completed', created: '2026-11-24T07:00:00Z', created_by: 'Lena', changed: '2026-11-24T08:30:00Z', changed_by: 'Omar' }], age, kept: true },
    timeline: [{ at: '2026-11-24T09:00:00Z', teller: 'crosswalk', what: 'Changed from here', text: 'Written.' }],
    readable: true,
    ...more,
  };
}

function panel(parts: IncidentParts, start: TabKey = 'alerts', answers: Answers = {}) {
  return showScreen(
    ({ params, setParams }) => (
      <IncidentPanel incidentKey="g:7" tab={TABS.find((one) => one === params['tab']) ?? 'summary'} onTab={(tab) => setParams({ tab })} onPrevious={undefined} onNext={undefined} onClose={() => undefined} onTarget={() => undefined} onProof={() => undefined} />
    ),
    { incident_get: () => DETAIL, incident_parts: () => parts, incident_read: () => JOB, job_list: () => ({ jobs: [JOB] }), ...answers },
    { tab: start },
  );
}

const asked = (core: { asked: { command: string }[] }) => core.asked.filter(({ command }) => command === 'incident_read').length;

test('what is fresh is shown with its age and nobody is asked', async () => {
  const { core } = panel(partsOf(new Date(Date.now() - 6 * 60_000).toISOString()));
  expect(await screen.findByText('<img src=x onerror=alert(1)>[U+202E]gnp')).toBeTruthy();
  expect(screen.getByText('Read 6 min ago')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(asked(core)).toBe(1);
});

test('what was never read or is old is asked for once when the panel opens', async () => {
  const { core } = panel(partsOf(null));
  await screen.findByText('Not read yet');
  await waitFor(() => expect(asked(core)).toBe(1));
  expect(isDue(partsOf('2026-11-24T09:00:00Z'), Date.parse('2026-11-24T09:14:00Z'))).toBe(false);
  expect(isDue(partsOf('2026-11-24T09:00:00Z'), Date.parse('2026-11-24T09:16:00Z'))).toBe(true);
});

test('arrow keys lead from tab to tab, each with its rows', async () => {
  panel(partsOf(new Date().toISOString()));
  (await screen.findByRole('tab', { name: 'Alerts' })).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(within(await screen.findByRole('list', { name: 'entities' })).getByText('WEU-SQL-0042')).toBeTruthy();
  await userEvent.keyboard('{ArrowRight}');
  expect(within(await screen.findByRole('list', { name: 'timeline' })).getByText('Changed from here')).toBeTruthy();
  await userEvent.keyboard('{ArrowRight}');
  expect(within(await screen.findByRole('list', { name: 'comments' })).getByText('Handed over.')).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'comments' })).getAllByText(/^(Sentinel|Defender)$/u)).toHaveLength(2);
  expect(document.activeElement?.textContent).toBe('Comments');
});

test('a task says how it stands, what is to do, and who ended it', async () => {
  const parts = partsOf(new Date().toISOString());
  parts.tasks.items.push({ title: 'Ask the owner', description: null, status: 'Blocked', created: null, created_by: null, changed: null, changed_by: null });
  panel(parts, 'tasks');
  const list = within(await screen.findByRole('list', { name: 'tasks' }));
  expect(list.getByText('Completed')).toBeTruthy();
  expect(list.getByText('Omar')).toBeTruthy();
  expect(list.getByText('<img src=x onerror=alert(1)>[U+202E]gnp')).toBeTruthy();
  expect(list.getByText('By phone.')).toBeTruthy();
  expect(list.getByText('Blocked')).toBeTruthy();
  expect(list.getByText('somebody')).toBeTruthy();
});

test('no tasks, a refusal, and an incident that Sentinel does not hold are three things', async () => {
  const read_at = new Date().toISOString();
  const none = { items: [], age: { read_at, trouble: [] }, kept: true };
  panel(partsOf(read_at, { tasks: none }), 'tasks');
  expect(await screen.findByText('Nobody set a task.')).toBeTruthy();
  cleanup();
  panel(partsOf(read_at, { tasks: { ...none, age: { read_at: null, trouble: ['This account may not read tasks.'] } } }), 'tasks');
  expect(await screen.findByText('This account may not read tasks.')).toBeTruthy();
  expect(screen.queryByText('Nobody set a task.')).toBeNull();
  cleanup();
  panel(partsOf(read_at, { tasks: { ...none, kept: false } }), 'tasks');
  expect(await screen.findByText(/Sentinel does not hold this incident/u)).toBeTruthy();
});

test('a refusal stands beside what the other side told', async () => {
  const parts = partsOf(new Date().toISOString());
  parts.alerts.age = { ...parts.alerts.age, trouble: ['This account lacks `SecurityIncident.Read.All`.'] };
  panel(parts);
  expect(await screen.findByText(/This account lacks/u)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'alerts' })).toBeTruthy();
});

test('nothing told says so, and without a tenant nobody is asked', async () => {
  const none = { items: [], age: { read_at: new Date().toISOString(), trouble: [] } };
  panel(partsOf(null, { comments: none }), 'comments');
  expect(await screen.findByText('Nobody commented.')).toBeTruthy();
  const { core } = panel(partsOf(null, { readable: false }));
  expect(await screen.findByText(/Only files are open/u)).toBeTruthy();
  expect(asked(core)).toBe(0);
});
