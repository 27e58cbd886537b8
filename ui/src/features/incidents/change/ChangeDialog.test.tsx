// From a wish to its outcome against a core that answers from memory: what is asked, in which order, and what is kept.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ChangePreview, ChangeRow, IncidentRow, JobView } from '../../../contract/rpc.gen';
import { showScreen, type Answers } from '../../../test-core';
import { BulkChange } from './BulkChange';
import { ChangesTab } from './Outcomes';

const SEEN = { status: 'active', owner: null, severity: 'high', classification: 'unknown', determination: null, tags: [], version: '2026-11-24T09:00:00Z' };

function previewOf(more: Partial<ChangePreview> = {}): ChangePreview {
  const call = { verb: 'PATCH', path: '/v1.0/security/incidents/7', fields: [{ member: 'assignedTo', before: [], after: ['me@contoso.com'] }], comment: null, guard: 'Defender has no etag.', can_undo: true };
  const plan = { key: 'g:7', title: '<b>Seven</b>', number: null, graph_id: '7', api: 'graph' as const, seen: SEEN, calls: [call], notes: [], refusal: null };
  const merged = { ...plan, key: 'g:8', title: 'Eight', graph_id: '8', api: null, seen: null, calls: [], refusal: 'It was merged into `368`, which holds its alerts. Change that one instead.' };
  return { tenant: 'Contoso', confirm: null, plans: [plan, merged], calls: 1, ...more };
}

const CHANGE: ChangeRow = {
  id: 4,
  batch: 3,
  at: '2026-11-24T09:41:00Z',
  key: 'g:7',
  title: '<b>Seven</b>',
  api: 'graph',
  fields: [{ member: 'assignedTo', before: [], after: ['me@contoso.com'] }],
  comment: null,
  by: null,
  by_name: null,
  sent: [],
  outcome: 'done',
  said: 'Written and read back.',
  clashes: [],
  undoes: null,
  no_undo: null,
};

const JOB: JobView = { id: 5, command: 'change_apply', state: 'done', step: 'Changed: 1 done', done: 1, total: 1, rate: 1, left: null, waiting: null, asked: null, failure: null };

function bulk(answers: Answers) {
  return showScreen(() => <BulkChange selection={new Set(['g:7', 'g:8'])} />, { change_preview: () => previewOf(), change_apply: () => JOB, job_list: () => ({ jobs: [JOB] }), change_list: () => ({ rows: [CHANGE], total: 1, of: 1, outcomes: [], confirm: null }), ...answers });
}

async function assign() {
  await userEvent.click(await screen.findByRole('button', { name: 'Assign' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Owner' }), 'me@contoso.com');
  await userEvent.click(screen.getByRole('button', { name: 'Preview calls' }));
}

test('the exact calls are shown before anything is sent, and a refusal with its reason', async () => {
  const { core } = bulk({});
  await assign();
  const card = await screen.findByRole('article', { name: 'Call 1' });
  expect(within(card).getByText('PATCH')).toBeTruthy();
  expect(screen.getByRole('dialog').contains(document.activeElement), 'the keyboard stays in the dialog').toBe(true);
  expect(within(card).getByText('me@contoso.com')).toBeTruthy();
  expect(screen.getByText(/It was merged into/u)).toBeTruthy();
  expect(screen.getByText('<b>Seven</b>')).toBeTruthy();
  expect(core.asked.map((one) => one.command)).not.toContain('change_apply');
  await userEvent.click(screen.getByRole('button', { name: 'Apply 1 call to Contoso' }));
  expect(await screen.findByText('Of 1: 1 done.')).toBeTruthy();
  const sent = core.asked.find((one) => one.command === 'change_apply')?.request;
  expect(sent).toMatchObject({ items: [{ key: 'g:7', seen: SEEN }], typed: null, wish: { owner: 'me@contoso.com' } });
});

test('a production tenant is written to once its name is typed', async () => {
  bulk({ change_preview: () => previewOf({ confirm: 'contoso' }) });
  await assign();
  const apply = await screen.findByRole('button', { name: 'Apply 1 call to Contoso' });
  expect(apply.hasAttribute('disabled')).toBe(true);
  await userEvent.type(screen.getByRole('textbox', { name: /Type contoso to apply/u }), 'contoso');
  expect(apply.hasAttribute('disabled')).toBe(false);
});

test('a conflict stands in three columns, and what was typed is kept for another try', async () => {
  const clashes = [{ member: 'assignedTo', before: [], yours: ['me@contoso.com'], theirs: ['them@contoso.com'] }];
  const { core } = bulk({ change_list: () => ({ rows: [{ ...CHANGE, outcome: 'conflict', clashes, comment: 'Mine.' }], total: 1, of: 1, outcomes: [], confirm: null }) });
  await assign();
  await userEvent.click(await screen.findByRole('button', { name: 'Apply 1 call to Contoso' }));
  const table = await screen.findByRole('table', { name: 'Before, yours and theirs' });
  expect(within(table).getByText('them@contoso.com')).toBeTruthy();
  expect(screen.getByText('Mine.')).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Preview yours on theirs, 1' }));
  expect(await screen.findByRole('article', { name: 'Call 1' })).toBeTruthy();
  const last = core.asked.findLast((one) => one.command === 'change_preview')?.request;
  expect(last).toMatchObject({ keys: ['g:7'], wish: { owner: 'me@contoso.com' } });
});

test('what the core refuses is said and the form keeps its words', async () => {
  bulk({
    change_preview: () => {
      throw { code: 'invalid', message: 'There is no status `x`.', hint: null };
    },
  });
  await assign();
  expect((await screen.findByRole('alert')).textContent).toContain('There is no status');
  expect((screen.getByRole('textbox', { name: 'Owner' }) as HTMLInputElement).value).toBe('me@contoso.com');
});

const ROW = { key: 'g:7', can: { change: null, why_not: '`Contoso` is at Look and check, which changes nothing. Choose Respond for it under Accounts.' } } as IncidentRow;

test('the panel says why nothing can be changed, lists what was, and takes it back', async () => {
  const { core } = showScreen(() => <ChangesTab row={ROW} />, { change_list: () => ({ rows: [CHANGE], total: 1, of: 1, outcomes: [], confirm: null }), change_undo: () => JOB });
  expect((await screen.findByRole('button', { name: 'Change this incident' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/Choose Respond/u)).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(core.asked.find((one) => one.command === 'change_undo')?.request).toEqual({ id: 4, typed: null });
});
