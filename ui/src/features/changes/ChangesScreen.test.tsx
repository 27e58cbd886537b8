// The room against a core that answers from memory.
import axe from 'axe-core';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ChangePage, ChangeRow } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { ChangesScreen } from './ChangesScreen';

const change = (id: number, more: Partial<ChangeRow> = {}): ChangeRow => ({
  id,
  batch: id,
  at: '2026-11-24T09:40:00Z',
  key: `soc/s:${id}`,
  title: `Incident ${id}`,
  api: 'graph',
  fields: [{ member: 'status', before: ['active'], after: ['resolved'] }],
  comment: null,
  by: 'lena.vogt@contoso.example',
  by_name: null,
  sent: [{ verb: 'PATCH', path: `/v1.0/security/incidents/${id}` }],
  outcome: 'done',
  said: 'Written and read back.',
  clashes: [],
  undoes: null,
  no_undo: null,
  ...more,
});
const ROWS = [
  change(3, { outcome: 'conflict', no_undo: 'Only what is known to be done can be taken back.', clashes: [{ member: 'status', before: ['active'], yours: ['resolved'], theirs: ['inProgress'] }] }),
  change(2, { title: '<img src=x onerror=alert(1)> ‮gnp', by: null }),
  change(1),
];
const page = (rows: ChangeRow[], more: Partial<ChangePage> = {}): ChangePage => ({ rows, total: rows.length, of: 3, outcomes: [{ value: 'conflict', count: 1 }, { value: 'done', count: 2 }], confirm: null, ...more });
const ANSWERS: Answers = {
  change_list: ({ outcome, text }) => page(ROWS.filter((row) => (outcome.length === 0 || outcome.includes(row.outcome)) && row.title.includes(text))),
};

test('a conflict shows three columns and no undo, and hostile text stays text', async () => {
  showScreen(ChangesScreen, ANSWERS);
  expect(await screen.findByText(/^3 of 3 made from here/u)).toBeTruthy();
  await userEvent.click(screen.getByText('Incident 3'));
  const panel = await screen.findByRole('complementary', { name: 'Change' });
  expect(within(panel).getByRole('table', { name: /theirs/u }).textContent).toContain('inProgress');
  expect(within(panel).getByText(/known to be done/u)).toBeTruthy();
  expect(within(panel).queryByRole('button', { name: 'Undo' })).toBeNull();
  await userEvent.click(within(panel).getByRole('button', { name: 'Next' }));
  expect((await within(panel).findByRole('heading', { level: 2 })).textContent).toContain('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
});

test('an application is named with its id, its requests are shown, and an unknown outcome says what to do', async () => {
  const row = change(1, { by: '5f0c2c1e-0f3b', by_name: 'Night shift', outcome: 'unknown', said: 'No answer came. Check the incident.', sent: [{ verb: 'PUT', path: '/subscriptions/s?api-version=2025-09-01' }] });
  const { places } = showScreen(ChangesScreen, { ...ANSWERS, change_list: () => page([row]) });
  expect(await screen.findByText('Night shift')).toBeTruthy();
  await userEvent.click(screen.getByText('Incident 1'));
  const panel = await screen.findByRole('complementary', { name: 'Change' });
  expect(within(panel).getByText('5f0c2c1e-0f3b')).toBeTruthy();
  expect(within(panel).getByRole('list', { name: 'Requests' }).textContent).toBe('PUT /subscriptions/s?api-version=2025-09-01');
  expect(within(panel).getAllByText('Outcome unknown').length).toBeGreaterThan(0);
  await userEvent.click(within(panel).getByRole('button', { name: 'Check the incident' }));
  expect(places).toEqual([{ room: 'incidents', params: { id: 'soc/s:1', tab: 'changes' } }]);
});

test('an outcome narrows, and its address says so', async () => {
  const { params } = showScreen(ChangesScreen, ANSWERS);
  await userEvent.click(await screen.findByRole('button', { name: /^Conflict/u }));
  expect(params()).toEqual({ outcome: 'conflict' });
  expect(await screen.findByText(/^1 of 3 made from here/u)).toBeTruthy();
});

test('a production tenant is typed before a change is taken back', async () => {
  const { core } = showScreen(ChangesScreen, { ...ANSWERS, change_list: () => page([change(1)], { confirm: 'contoso' }) });
  await userEvent.click(await screen.findByText('Incident 1'));
  const undo = await screen.findByRole('button', { name: 'Undo' });
  expect(undo.hasAttribute('disabled')).toBe(true);
  await userEvent.type(screen.getByLabelText('Type contoso to undo'), 'contoso');
  await userEvent.click(undo);
  expect(core.asked.find(({ command }) => command === 'change_undo')?.request).toEqual({ id: 1, typed: 'contoso' });
});

test('where nothing was changed it says what a change is and what allows it', async () => {
  showScreen(ChangesScreen, { change_list: () => page([], { of: 0, outcomes: [] }) });
  await screen.findByText('Nothing was changed from here');
  expect(screen.getByText(/Respond, chosen for an account, allows it/u)).toBeTruthy();
});

test('with nothing open the store is not asked', async () => {
  const { core } = showScreen(ChangesScreen, { ...ANSWERS, session_get: () => ({ ...SESSION, kind: 'none' }) });
  await screen.findByText('Nothing is open');
  expect(core.asked.map(({ command }) => command)).not.toContain('change_list');
});

test('axe finds nothing', async () => {
  const { container } = showScreen(ChangesScreen, ANSWERS);
  await userEvent.click(await screen.findByText('Incident 3'));
  await screen.findByRole('complementary', { name: 'Change' });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
