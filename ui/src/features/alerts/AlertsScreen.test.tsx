// The list against a core that answers from memory.
import axe from 'axe-core';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AlertPage, LogAlert } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { AlertsScreen } from './AlertsScreen';

const alert = (id: string, more: Partial<LogAlert> = {}): LogAlert => ({
  key: `soc/${id}`,
  id,
  workspace: 'soc',
  title: `Denied traffic ${id}`,
  severity: 'medium',
  status: 'New',
  product: 'Azure Sentinel',
  rule: 'Honeypot',
  entity: 'WS-0007',
  tactics: ['Discovery'],
  description: 'Raised once.',
  first: '2026-11-20T09:00:00Z',
  last: '2026-11-20T09:05:00Z',
  written: '2026-11-20T09:10:00Z',
  nowhere_else: true,
  ...more,
});
const ROWS = [alert('a1'), alert('a2', { severity: 'high', title: '<img src=x onerror=alert(1)> \u202Egnp' }), alert('a3', { product: 'Cloud Apps', rule: null, nowhere_else: false })];
const page = (rows: LogAlert[], more: Partial<AlertPage> = {}): AlertPage => ({
  rows,
  total: rows.length,
  of: rows.length,
  severity: rows.length ? [{ value: 'medium', count: 2 }, { value: 'high', count: 1 }] : [],
  workspace: rows.length ? [{ value: 'soc', count: 3 }] : [],
  readings: [{ workspace: 'soc', read_at: '2026-11-24T09:40:00Z', trouble: null }],
  readable: true,
  ...more,
});
const ANSWERS: Answers = {
  alert_list: ({ filter }) => ({ ...page(ROWS.filter((row) => filter.severity.length === 0 || filter.severity.includes(row.severity))), of: 3 }),
};

test('each alert says who can see it, and its text stays text', async () => {
  showScreen(AlertsScreen, ANSWERS);
  expect(await screen.findByText(/^3 of 3 in the log alone/u)).toBeTruthy();
  await userEvent.click(screen.getByText('Denied traffic a1'));
  const panel = await screen.findByRole('complementary', { name: 'Alert' });
  expect(within(panel).getByText(/Not in Defender, not in Graph, in no ticket/u)).toBeTruthy();
  await userEvent.click(within(panel).getByRole('button', { name: 'Next' }));
  expect((await within(panel).findByRole('heading', { level: 2 })).textContent).toContain('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
  await userEvent.click(within(panel).getByRole('button', { name: 'Next' }));
  expect(await within(panel).findByText(/portal of its product may show it/u)).toBeTruthy();
});

test('a severity narrows, and its address says so', async () => {
  const { params } = showScreen(AlertsScreen, ANSWERS);
  await userEvent.click(await screen.findByRole('button', { name: /^High/u }));
  expect(params()).toEqual({ severity: 'high' });
  expect(await screen.findByText(/^1 of 3 in the log alone/u)).toBeTruthy();
});

test('what was never read is read on demand', async () => {
  const { core } = showScreen(AlertsScreen, { alert_list: () => page([], { readings: [] }) });
  await userEvent.click(await screen.findByRole('button', { name: 'Read them now' }));
  expect(core.asked.map(({ command }) => command)).toContain('alert_read');
});

test('none, refused and a part are told apart', async () => {
  const reading = (read_at: string | null, trouble: string | null) => ({ workspace: 'soc', read_at, trouble });
  for (const [rows, readings, words] of [
    [[], [reading('2026-11-24T09:40:00Z', null)], 'Every alert has an incident'],
    [[], [reading(null, 'No right.')], 'The log of soc could not be read.'],
    [ROWS, [reading('2026-11-24T09:40:00Z', 'In part.')], 'Of soc some alerts may be missing.'],
  ] as const) {
    showScreen(AlertsScreen, { alert_list: () => page([...rows], { readings: [...readings] }) });
    await screen.findByText(words);
    expect(screen.queryAllByText('Denied traffic a1').length).toBe(rows.length > 0 ? 1 : 0);
    cleanup();
  }
});

test('with nothing open the store is not asked', async () => {
  const { core } = showScreen(AlertsScreen, { ...ANSWERS, session_get: () => ({ ...SESSION, kind: 'none' }) });
  await screen.findByText('Nothing is open');
  expect(core.asked.map(({ command }) => command)).not.toContain('alert_list');
});

test('axe finds nothing', async () => {
  const { container } = showScreen(AlertsScreen, ANSWERS);
  await screen.findByText('Denied traffic a1');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
