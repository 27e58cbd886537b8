import { expect, test } from 'vitest';
import type { MailStep } from '../../contract/rpc.gen';
import { formOf, formTroubles, inOrder, requestOf, stagesOf, type MailForm } from './form';

const FORM: MailForm = { mailbox: 'reports@contoso.com', outside: 'ceo@contoso.com', login: false, user: '', password: '', send: false };

test('a whole form has no trouble, and nothing outside is allowed too', () => {
  expect(formTroubles(FORM)).toEqual({});
  expect(formTroubles({ ...FORM, outside: '' })).toEqual({});
});

test.each([
  ['mailbox', { mailbox: '' }],
  ['mailbox', { mailbox: 'reports' }],
  ['mailbox', { mailbox: 'a b@contoso.com' }],
  ['mailbox', { mailbox: 'a@contoso.com>, b' }],
  ['outside', { outside: 'Reports@Contoso.com' }],
  ['outside', { outside: 'nobody' }],
] as const)('%s is told: %o', (field, change) => {
  expect(Object.keys(formTroubles({ ...FORM, ...change }))).toEqual([field]);
});

test('a sign-in that is ticked needs a name and a password', () => {
  expect(Object.keys(formTroubles({ ...FORM, login: true }))).toEqual(['user', 'password']);
});

test('a password that was typed and unticked again stays here', () => {
  expect(requestOf({ ...FORM, user: 'reports', password: 'hunter2' })).toEqual({ mailbox: 'reports@contoso.com', outside: 'ceo@contoso.com', login: null, send: false });
});

test('the form starts with what was tested last, then with what the core suggests', () => {
  const suggested = { mailbox: 'a@contoso.com', outside: 'b@contoso.com', mailboxes: [] };
  expect(formOf({ suggested, mailbox: null })).toMatchObject({ mailbox: 'a@contoso.com', outside: 'b@contoso.com', send: false, login: false });
  expect(formOf({ suggested, mailbox: 'c@contoso.com' }).mailbox).toBe('c@contoso.com');
});

test('steps stand by stage, and what did not run has no time', () => {
  const step = (id: string, stage: string, took_ms: number): MailStep => ({ id, title: id, stage, verdict: 'pass', reason: '', took_ms, evidence: [], cause: null });
  const stages = stagesOf([step('T-01', 'Token', 12), step('S-01', 'SMTP', 0), step('T-02', 'Token', 3)]);
  expect(inOrder([step('T-01', 'Token', 1), step('S-01', 'SMTP', 1), step('T-02', 'Token', 1)]).map(({ id }) => id)).toEqual(['T-01', 'T-02', 'S-01']);
  expect(stages.map(({ name, steps }) => [name, steps.map(({ id, took }) => [id, took])])).toEqual([
    ['Token', [['T-01', 12], ['T-02', 3]]],
    ['SMTP', [['S-01', undefined]]],
  ]);
});
