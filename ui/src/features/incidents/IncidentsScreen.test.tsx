// The queue against a core that answers from memory: what is asked, what is shown, what is said when something is missing.
import { QueryClientProvider } from '@tanstack/react-query';
import { FluentProvider } from '@fluentui/react-components';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { newQueryClient, TransportContext } from '../../contract/rpc';
import type { IncidentDetail, IncidentFilter, IncidentParts, IncidentRow, SessionState, ViewList } from '../../contract/rpc.gen';
import { fluentTheme } from '../../design/theme';
import type { Params, Place, ScreenProps } from '../../lib/place';
import { viewOf } from './filter';
import { IncidentsScreen } from './IncidentsScreen';

const SESSION: SessionState = {
  kind: 'demo',
  name: 'Contoso',
  demo: true,
  workspaces: ['law-soc-weu'],
  now: '2026-11-24T09:42:00Z',
  sources: [{ api: 'sentinel', read_at: '2026-11-24T09:40:00Z', rows: 2, trouble: null, note: null }],
  store: 'memory',
  notice: null,
};

function row(index: number, more: Partial<IncidentRow> = {}): IncidentRow {
  return {
    key: `g:${index}`,
    sentinel_id: null,
    graph_id: `${index}`,
    number: null,
    workspace: null,
    title: `Incident ${index}`,
    severity: 'high',
    status: 'new',
    owner: null,
    alerts: 1,
    tags: [],
    created: '2026-11-24T08:00:00Z',
    updated: '2026-11-24T09:38:00Z',
    presence: 'both',
    redirected: false,
    target: null,
    unresolved_reason: null,
    absorbed: 0,
    can: { change: 'graph', why_not: null },
    ...more,
  };
}

const ROWS = [row(21842, { absorbed: 9 }), row(21836, { title: 'Suspicious inbox rule', redirected: true, target: '21842', status: 'redirected' }), row(7, { presence: 'twin_missing' })];

const VIEWS: ViewList = {
  built_in: [{ name: 'Low ones', filter: viewOf({ severity: 'low' }).filter, sort: { column: 'title', descending: false }, columns: [], widths: [], group: null }],
  saved: [],
  default: null,
};

const NEVER = { items: [], age: { read_at: null, trouble: [] } };
const NO_PARTS: IncidentParts = { alerts: NEVER, entities: NEVER, comments: NEVER, tasks: { ...NEVER, kept: true }, timeline: [], readable: false };

function core(session: SessionState, rows = ROWS) {
  const asked: { command: string; request: unknown }[] = [];
  const filtered = (filter: IncidentFilter) => rows.filter((one) => (filter.redirected === null || filter.redirected === undefined || one.redirected === filter.redirected) && ((filter.severity ?? []).length === 0 || filter.severity.includes(one.severity)) && `${one.title} ${one.graph_id}`.includes(filter.text ?? ''));
  const answers: Record<string, (request: never) => unknown> = {
    session_get: () => session,
    incident_parts: () => NO_PARTS,
    link_open: () => ({ address: 'https://security.microsoft.com/incidents/1', opened: false }),
    job_list: () => ({ jobs: [] }),
    incident_list: ({ filter }: { filter: IncidentFilter }) => ({ rows: filtered(filter), total: filtered(filter).length, of: rows.length, unindexed: 0, with_entities: 0 }),
    view_list: () => VIEWS,
    incident_keys: ({ filter }: { filter: IncidentFilter }) => ({ keys: filtered(filter).map((one) => one.key), total: filtered(filter).length }),
    incident_groups: ({ filter }: { filter: IncidentFilter }) => ({ groups: ['high', 'low'].map((value) => ({ value, count: filtered({ ...filter, severity: [value] }).length })).filter(({ count }) => count > 0), total: 2 }),
    incident_facets: () => ({ severity: [], status: [], workspace: [], presence: [{ value: 'twin_missing', count: 1 }], classification: [], product: [], tag: [], redirected: 1, owner_differs: 0, strip: [] }),
    incident_get: ({ key }: { key: string }): IncidentDetail => ({
      row: rows.find((one) => one.key === key) as IncidentRow,
      sentinel: { read_at: '2026-11-24T08:03:00Z', request: 'GET /incidents', raw: '{}', description: null, portal: null },
      graph: { read_at: '2026-11-24T09:38:12Z', request: 'GET /v1.0/security/incidents/1', raw: '{\n  "id": "1"\n}', description: null, portal: null },
      compare: [{ field: 'Owner', sentinel: 'lena', graph: 'ravi', relation: 'differs', reason: 'Differs without a documented reason.' }],
      listed: { at: '2026-11-23T09:00:00Z', held: key !== 'g:21836' },
      portals: ['defender'],
    }),
  };
  return {
    asked,
    call: async (command: string, request: unknown) => {
      asked.push({ command, request });
      const answer = answers[command];
      if (!answer) throw { code: 'invalid', message: command };
      return answer(request as never);
    },
    subscribe: () => () => {},
  };
}

function open(session = SESSION, rows = ROWS, start: Params = {}) {
  const transport = core(session, rows);
  let latest: Params = start;
  const went: Place[] = [];
  let walk: (next: Params) => void = () => {};
  function Host() {
    const [params, setAll] = useState<Params>(start);
    walk = (next) => {
      latest = next;
      setAll(next);
    };
    const setParams: ScreenProps['setParams'] = (change) => {
      latest = Object.fromEntries(Object.entries({ ...latest, ...change }).filter(([, value]) => value !== undefined)) as Params;
      setAll(latest);
    };
    return <IncidentsScreen params={params} setParams={setParams} go={(place) => went.push(place)} />;
  }
  render(
    <TransportContext value={transport}>
      <QueryClientProvider client={newQueryClient()}>
        <FluentProvider theme={fluentTheme('light')}>
          <Host />
        </FluentProvider>
      </QueryClientProvider>
    </TransportContext>,
  );
  return { transport, params: () => latest, went, walkTo: (next: Params) => act(() => walk(next)) };
}

test('it shows each incident with where it lives and where it went', async () => {
  open();
  const merged = await screen.findByRole('row', { name: /Suspicious inbox rule/u });
  expect(within(merged).getByTitle('Redirected to 21842')).toBeTruthy();
  expect(within(screen.getByRole('row', { name: /Incident 7/u })).getByTitle(/Twin missing/u)).toBeTruthy();
  expect(screen.getByText('9 merged')).toBeTruthy();
  expect(screen.getByText('3 of 3')).toBeTruthy();
});

test('a quick filter narrows and stands in the address', async () => {
  const { transport, params } = open();
  await screen.findByText('3 of 3');
  await userEvent.click(screen.getByRole('button', { name: /Redirected/u }));
  await screen.findByText('1 of 3');
  expect(params()).toEqual({ redirected: 'yes' });
  const last = transport.asked.findLast(({ command }) => command === 'incident_list')?.request as { filter: IncidentFilter };
  expect(last.filter.redirected).toBe(true);
});

test('typing searches after a rest, and nothing found says so with the way back', async () => {
  const { params } = open();
  await screen.findByText('3 of 3');
  await userEvent.type(screen.getByRole('searchbox'), 'nowhere');
  await screen.findByText('0 of 3 match');
  expect(params()).toEqual({ q: 'nowhere' });
  await userEvent.click(screen.getByRole('button', { name: 'Clear all' }));
  await screen.findByText('3 of 3');
  expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('');
});

test('a merged incident leads to the incident that holds its alerts', async () => {
  const { params } = open(SESSION, ROWS, { id: 'g:21836' });
  await userEvent.click(await screen.findByRole('button', { name: 'Go to target' }));
  await screen.findByRole('complementary', { name: 'Incident 21842' });
  expect(params()['id']).toBe('g:21842');
});

test('the panel leads to the portals that have it, and tells an address that was not opened', async () => {
  const { transport } = open(SESSION, ROWS, { id: 'g:7' });
  await userEvent.click(await screen.findByRole('button', { name: 'Open in Defender' }));
  expect(await screen.findByText('https://security.microsoft.com/incidents/1')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Open in Azure portal' })).toBeNull();
  expect(transport.asked.find(({ command }) => command === 'link_open')?.request).toEqual({ page: 'incident', key: 'g:7', portal: 'defender' });
});

test('the summary says when each side was seen, and whether the last full listing held it', async () => {
  const fact = async (name: string) => (await screen.findByText(name)).nextElementSibling?.textContent;
  open(SESSION, ROWS, { id: 'g:7' });
  expect(await fact('Seen in Sentinel')).toMatch(/^last .+ · last full listing .+$/u);
  expect(await fact('Seen in Defender')).toMatch(/^last [^·]+$/u);
  cleanup();
  open(SESSION, ROWS, { id: 'g:21836' });
  expect(await fact('Seen in Sentinel')).toMatch(/ · no longer listed .+$/u);
});

test('both tellings stand side by side with the reason', async () => {
  open(SESSION, ROWS, { id: 'g:7', tab: 'compare' });
  const table = await screen.findByRole('table', { name: 'Both APIs, field by field' });
  const owner = within(table).getByRole('row', { name: /Owner/u });
  for (const words of ['lena', 'ravi', 'Differs', 'Differs without a documented reason.']) expect(within(owner).getByText(words)).toBeTruthy();
});

test('a source that failed is named and the rest stays readable', async () => {
  const trouble = 'This account lacks `SecurityIncident.Read.All`.';
  open({ ...SESSION, sources: [{ api: 'graph', read_at: null, rows: 0, trouble, note: null }] });
  expect(await screen.findByText(trouble)).toBeTruthy();
  expect(screen.getByText('Defender side is missing.')).toBeTruthy();
  expect(await screen.findByRole('row', { name: /Incident 7/u })).toBeTruthy();
});

test('a tenant that was read and holds none is not called unread', async () => {
  open(SESSION, []);
  expect(await screen.findByText('No incidents there')).toBeTruthy();
  cleanup();
  open({ ...SESSION, sources: [{ api: 'sentinel', read_at: null, rows: 0, trouble: null, note: null }] }, []);
  expect(await screen.findByText('No incidents read yet')).toBeTruthy();
});

test('with nothing open it asks the store for nothing and leads to the first run', async () => {
  const { transport, went } = open({ ...SESSION, kind: 'none', sources: [] }, []);
  await userEvent.click(await screen.findByRole('button', { name: 'Choose what to open' }));
  expect(went).toEqual([{ room: 'start' }]);
  expect(transport.asked.map(({ command }) => command)).not.toContain('incident_list');
});

test('a merged incident leads to its proof', async () => {
  const { went } = open(SESSION, ROWS, { id: 'g:21836' });
  await userEvent.click(await screen.findByRole('button', { name: 'See proof' }));
  expect(went).toEqual([{ room: 'redirects', params: { id: 'g:21836' } }]);
});

test('a view is chosen by name and the address says what it shows', async () => {
  const { params } = open();
  await screen.findByText('3 of 3');
  await userEvent.click(screen.getByRole('button', { name: 'Views' }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Low ones' }));
  expect(params()).toEqual({ severity: 'low', sort: 'title', view: 'Low ones' });
  expect(await screen.findByRole('button', { name: /^View:\s*Low ones$/u })).toBeTruthy();
});

test('groups have heads with counts that close and open by key', async () => {
  open(SESSION, ROWS, { group: 'severity' });
  const head = await screen.findByRole('row', { name: /^High/u });
  expect(head.getAttribute('aria-expanded')).toBe('true');
  await screen.findByRole('row', { name: /Incident 7/u });
  const count = screen.getAllByRole('row').length;
  head.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByRole('row', { name: /^High/u }).getAttribute('aria-expanded')).toBe('false');
  expect(screen.getAllByRole('row').length).toBeLessThan(count);
  await userEvent.keyboard('{ArrowRight}');
  await screen.findByRole('row', { name: /Incident 7/u });
});

test('Ctrl+A ticks every row of the view', async () => {
  open();
  (await screen.findByRole('row', { name: /Incident 7/u })).focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(await screen.findByText('3 selected')).toBeTruthy();
});

test('another view begins with nothing ticked, also where the address brought it', async () => {
  const { walkTo } = open();
  await screen.findByText('3 of 3');
  screen.getByRole('grid').querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  await screen.findByText('3 selected');
  walkTo({ id: 'g:7' });
  expect(screen.getByText('3 selected')).toBeTruthy();
  walkTo({ redirected: 'yes' });
  await screen.findByText('1 of 3');
  expect(screen.queryByText(/selected/u)).toBeNull();
  walkTo({});
  await screen.findByText('3 of 3');
  expect(screen.queryByText(/selected/u)).toBeNull();
});
