// The ladder and its form against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { MailLadder, MailStep, MailTestRequest } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { MailScreen } from './MailScreen';

const CAUSE = { id: 'smtp-tenant-off', cause: 'SMTP AUTH is off for the whole tenant.', who_fixes: 'Exchange administrator', fix: 'Move to Graph.', certainty: 'documented' };
const step = (id: string, stage: string, more: Partial<MailStep> = {}): MailStep => ({ id, title: `Test ${id}`, stage, verdict: 'pass', reason: '', took_ms: 12, evidence: [], cause: null, ...more });
const LADDER: MailLadder = {
  run_at: '2026-11-24T09:12:00Z',
  mailbox: 'reports@contoso.com',
  steps: [
    step('T-01', 'New path'),
    step('S-06', 'Old path', { verdict: 'fail', reason: '`535 5.7.139` is about the tenant.', cause: CAUSE, evidence: [{ direction: 'sent', text: 'AUTH LOGIN' }, { direction: 'sent', text: '‹password›' }, { direction: 'received', text: '535 5.7.139 Authentication unsuccessful\r\n' }] }),
    step('G-02', 'New path', { verdict: 'could_not_run', reason: 'Stopped at T-01.' }),
  ],
  suggested: { mailbox: 'alerts@contoso.com', outside: 'ceo@contoso.com', mailboxes: ['full@contoso.com'] },
};
const EMPTY: MailLadder = { ...LADDER, run_at: null, mailbox: null, steps: [] };

function answers(ladder = LADDER): Answers {
  return {
    mail_ladder: () => ladder,
    mail_test: () => ({ id: 1, command: 'mail_test', state: 'running', step: '', done: 0, total: null, rate: 0, left: null, waiting: null, asked: null, failure: null }),
    mail_explain: ({ text }) => ({ matches: text.includes('5.7.139') ? [{ ...CAUSE, source: 'smtp' }] : [] }),
  };
}
const sent = (asked: readonly { command: string; request: unknown }[]) => asked.filter(({ command }) => command === 'mail_test').map(({ request }) => request as MailTestRequest);

test('by default nothing is sent and no password is tried', async () => {
  const { core } = showScreen(MailScreen, answers(EMPTY));
  await userEvent.click(await screen.findByRole('button', { name: 'Test mailbox' }));
  await waitFor(() => expect(sent(core.asked)).toEqual([{ mailbox: 'alerts@contoso.com', outside: 'ceo@contoso.com', login: null, send: false }]));
});

test('a password is warned about, sent once, and forgotten', async () => {
  const { core } = showScreen(MailScreen, answers(EMPTY));
  await userEvent.click(await screen.findByRole('checkbox', { name: /one sign-in/u }));
  expect(screen.getByText(/lock-out/u)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Test mailbox' }));
  expect(sent(core.asked), 'not before there is a password').toEqual([]);
  await userEvent.type(screen.getByLabelText(/^User/u), 'reports');
  await userEvent.type(screen.getByLabelText(/^Password/u), 'hunter2');
  await userEvent.click(screen.getByRole('button', { name: 'Test mailbox' }));
  await waitFor(() => expect(sent(core.asked)[0]?.login).toEqual({ user: 'reports', password: 'hunter2' }));
  expect(screen.queryByLabelText(/^Password/u)).toBeNull();
});

test('a wrong address is told beside its field', async () => {
  const { core } = showScreen(MailScreen, answers(EMPTY));
  const field = await screen.findByLabelText(/Mailbox that sends/u);
  await userEvent.clear(field);
  await userEvent.type(field, 'reports');
  await userEvent.click(screen.getByRole('button', { name: 'Test mailbox' }));
  expect(await screen.findByText(/An address, such as/u)).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(sent(core.asked)).toEqual([]);
});

test('a step shows its evidence redacted, its cause, who fixes it and how', async () => {
  const { params } = showScreen(MailScreen, answers());
  await userEvent.click(await screen.findByRole('button', { name: /S-06/u }));
  expect(params()).toEqual({ step: 'S-06' });
  const panel = screen.getByRole('complementary', { name: 'Test S-06' });
  for (const words of [CAUSE.cause, CAUSE.who_fixes, CAUSE.fix, 'Microsoft documents it']) expect(within(panel).getByText(words)).toBeTruthy();
  expect(within(panel).getByText('SMTP dialogue')).toBeTruthy();
  expect(within(panel).getByText('password').tagName).toBe('SPAN');
});

test('previous and next go as the ladder is drawn, stage by stage', async () => {
  const { params } = showScreen(MailScreen, answers(), { step: 'T-01' });
  await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
  expect(params()['step']).toBe('G-02');
});

test('a pasted error is explained, an unknown one says so', async () => {
  showScreen(MailScreen, answers(), { explain: 'yes' });
  const field = await screen.findByLabelText(/What the mailer said/u);
  await userEvent.type(field, 'nothing known');
  await userEvent.click(screen.getByRole('button', { name: 'Explain' }));
  expect(await screen.findByText(/No known sentence/u)).toBeTruthy();
  await userEvent.type(field, ' 535 5.7.139');
  await userEvent.click(screen.getByRole('button', { name: 'Explain' }));
  expect(await screen.findByText(CAUSE.cause)).toBeTruthy();
});

test('files have no mailbox, but an error can still be explained', async () => {
  const { core } = showScreen(MailScreen, { ...answers(), session_get: () => ({ ...SESSION, kind: 'files' }) }, { explain: 'yes' });
  expect(await screen.findByText('Files hold no mailbox')).toBeTruthy();
  expect(screen.getByLabelText(/What the mailer said/u)).toBeTruthy();
  expect(core.asked.map(({ command }) => command)).not.toContain('mail_ladder');
});

test('axe finds nothing, with a step open', async () => {
  const { container } = showScreen(MailScreen, answers(), { step: 'S-06' });
  await screen.findByText(CAUSE.cause);
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
