// The checks against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { CheckRow, Offence, ReadinessList } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { ReadinessScreen } from './ReadinessScreen';

function check(id: string, more: Partial<CheckRow> = {}): CheckRow {
  return { id, title: `Check ${id}`, area: 'Automation rules', verdict: 'fail', severity: 'critical', reason: 'Found in 2 of 55 automation rules.', objects: 2, ...more };
}
const LIST: ReadinessList = {
  run_at: '2026-11-24T09:20:00Z',
  checks: [check('AU-01'), check('AU-02', { verdict: 'pass', objects: 0 }), check('PB-02', { area: 'Playbooks', verdict: 'could_not_run', reason: 'Could not run: no playbooks in this import.', objects: 0 })],
  coverage: { ran: 2, could_not_run: 1, total: 3 },
  files: [
    { file: 'rules/broken.json', read: false, reason: 'Line 3 is not JSON.' },
    { file: 'rules/good.json', read: true, reason: '2 automation rules' },
  ],
};
const offence = (name: string, more: Partial<Offence> = {}): Offence => ({ kind: 'automation_rule', id: `/subscriptions/1/${name}`, name, file: null, path: 'properties.triggeringLogic.conditions[1]', value: '"Microsoft 365 Defender"', ...more });

function answers(list = LIST, objects = [offence('Close MDE'), offence('Mute Office')]): Answers {
  return {
    readiness_list: () => list,
    readiness_get: ({ id }) => ({
      row: list.checks.find((one) => one.id === id) as CheckRow,
      text: {
        why: 'The condition `IncidentProviderName` is ignored.\n\nIt closes the wrong ones.',
        changes: 'It is gone.',
        fix: 'Replace it.',
        pages: [
          { address: 'https://learn.microsoft.com/a', date: '2026-06-15', says: 'the engine fully controls grouping.' },
          { address: 'https://learn.microsoft.com/b', date: '2026-07-02', says: 'all rules are excluded by default.' },
        ],
      },
      objects,
    }),
    readiness_evidence: ({ index }) => ({ evidence: index === 0 ? { source: 'sentinel', request: 'GET /automationRules', read_at: '2026-11-24T09:20:14Z', path: 'properties.triggeringLogic.conditions[1]', lines: [{ number: 36, text: '"propertyName": "IncidentProviderName",', hit: true }] } : null }),
    readiness_run: () => ({ id: 1, command: 'readiness_run', state: 'running', step: '', done: 0, total: null, rate: 0, left: null, waiting: null, asked: null, failure: null }),
  };
}

test('what could not run stands apart, and coverage is said', async () => {
  showScreen(ReadinessScreen, answers());
  const row = await screen.findByRole('row', { name: /PB-02/u });
  expect(within(row).getByText('Could not run')).toBeTruthy();
  expect(within(row).getByText('–')).toBeTruthy();
  expect(screen.getByText(/2 of 3 ran, 1 could not/u)).toBeTruthy();
  expect(screen.getByRole('img', { name: '1 fail, 1 could not run, 1 pass' })).toBeTruthy();
  expect(screen.queryByRole('row', { name: /AU-02/u })).toBeNull();
});

test('a tick shows the passes and stands in the address', async () => {
  const { params } = showScreen(ReadinessScreen, answers());
  const facets = await screen.findByRole('group', { name: 'Filters' });
  await userEvent.click(within(facets).getByRole('checkbox', { name: /^Pass/u }));
  expect(params()['verdict']).toBe('fail,review,could_not_run,pass,waived');
  expect(await screen.findByRole('row', { name: /AU-02/u })).toBeTruthy();
});

test('a check tells why, where, what to do, and both pages where they disagree', async () => {
  const { params } = showScreen(ReadinessScreen, answers());
  await userEvent.click(await screen.findByText('Check AU-01'));
  expect(params()).toEqual({ check: 'AU-01' });
  const panel = await screen.findByRole('complementary', { name: 'Check AU-01' });
  expect(await within(panel).findByText('"propertyName": "IncidentProviderName",', { exact: false })).toBeTruthy();
  for (const words of ['It closes the wrong ones.', 'Replace it.', 'the engine fully controls grouping.', 'all rules are excluded by default.', '2026-06-15', '2026-07-02', '2 places']) expect(within(panel).getByText(words), words).toBeTruthy();
  expect(within(panel).queryByRole('link'), 'addresses are text to copy').toBeNull();
});

test('an offence without a stored document shows its path and raw value', async () => {
  const { params } = showScreen(ReadinessScreen, answers(), { check: 'AU-01' });
  await userEvent.click(await screen.findByRole('button', { name: /Mute Office/u }));
  expect(params()['at']).toBe('1');
  expect(await screen.findByText('"Microsoft 365 Defender"', { exact: false })).toBeTruthy();
});

test('many places are shown by fifty', async () => {
  showScreen(ReadinessScreen, answers(LIST, Array.from({ length: 160 }, (_, at) => offence(`Rule ${at}`))), { check: 'AU-01' });
  const more = await screen.findByRole('button', { name: 'Show 50 more of 160' });
  await userEvent.click(more);
  expect(screen.getAllByRole('button', { name: /^automation rule/u })).toHaveLength(100);
});

test('files say which was read, and why one was not', async () => {
  showScreen(ReadinessScreen, { ...answers(), session_get: () => ({ ...SESSION, kind: 'files', demo: false }) });
  await userEvent.click(await screen.findByRole('radio', { name: 'Files 2' }));
  const row = await screen.findByRole('row', { name: /broken\.json/u });
  expect(row.textContent).toContain('Not read');
  expect(row.textContent).toContain('Line 3 is not JSON.');
  expect(screen.queryByRole('button', { name: 'Run checks' }), 'files are checked when they are opened').toBeNull();
});

test('before the first run it says so and runs', async () => {
  const { core } = showScreen(ReadinessScreen, answers({ run_at: null, checks: [], coverage: { ran: 0, could_not_run: 0, total: 0 }, files: [] }));
  await screen.findByText('No checks have run yet');
  await userEvent.click(screen.getAllByRole('button', { name: 'Run checks' })[1] as HTMLElement);
  await waitFor(() => expect(core.asked.map(({ command }) => command)).toContain('readiness_run'));
});

test('axe finds nothing, with a check open', async () => {
  const { container } = showScreen(ReadinessScreen, answers(), { check: 'AU-01' });
  await screen.findByText('It closes the wrong ones.');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
