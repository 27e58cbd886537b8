// Accounts against a core that answers from memory: connecting, signing in, tiers, the doctor, removal, the network.
import axe from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AccountList, AccountRow, Cache, Doctor, Network, Schedule, SignInTrouble, TierAsk } from '../../contract/rpc.gen';
import type { Params } from '../../lib/place';
import { ACCOUNT, SESSION, showScreen, type Answers } from '../../test-core';
import { AccountsScreen } from './AccountsScreen';

const CONTOSO: AccountRow = { ...ACCOUNT, stored: [{ what: 'Client secret', place: 'Secret Service: Crosswalk / contoso', note: 'Read at sign-in', bytes: null }] };
const FABRIKAM: AccountRow = { ...ACCOUNT, name: 'fabrikam', title: 'Fabrikam', open: false };
const LIST: AccountList = { accounts: [CONTOSO, FABRIKAM], keychain_ready: true, keychain: 'Secret Service', browser_ready: true };
const DOCTOR: Doctor = {
  asked_at: '2026-11-24T09:00:00Z',
  tier: 'look',
  mail: false,
  rows: [
    { state: 'granted', kind: 'graph', permission: 'SecurityIncident.Read.All', scope: 'whole tenant', used: null, why: 'Incidents', checks: [], known_by: 'token' },
    { state: 'missing', kind: 'azure_role', permission: 'Microsoft Sentinel Playbook Operator', scope: 'rg-soc-playbooks', used: null, why: 'Playbooks', checks: ['PB-02', 'PB-05'], known_by: 'answer' },
    { state: 'unknown', kind: 'exchange', permission: 'Application Mail.Send', scope: 'mailboxes of the tests', used: 0, why: 'Test mail', checks: [], known_by: '' },
  ],
  blocked: ['PB-02', 'PB-05'],
  checks: 23,
  unlock: { permission: 'Microsoft Sentinel Playbook Operator', scope: 'rg-soc-playbooks', checks: ['PB-02', 'PB-05'] },
  notes: ['Groups of this app can’t be seen.'],
};
const ASK: TierAsk = {
  tier: 'look',
  mail: false,
  needs: [{ kind: 'azure_role', permission: 'Microsoft Sentinel Reader', scope: 'rg-soc', why: 'Rules and incidents', optional: false }],
  consent_url: 'https://login.microsoftonline.com/contoso/v2.0/adminconsent',
  request: 'Dear administrator',
  az: 'az role assignment create',
  powershell: 'New-AzRoleAssignment',
};
const NETWORK: Network = { proxy: 'system', address: '', user: '', password_kept: false, ca_file: '', authorities: [], found: ['HTTPS_PROXY=http://proxy.contoso.com:8080'], unsupported: null };

const SCHEDULE: Schedule = { set: { every: 15, spare: true, tell: ['unresolved'] }, next: '2026-11-24T09:15:00Z', waiting: 'battery', battery: true, metered: null, unread_before: null };
const CACHE: Cache = { bytes: 52_400_000, free: 1_200_000, rows: 5_000, retention_days: null, sound_at: null };

const answers = (list = LIST, more: Answers = {}): Answers => ({
  account_list: () => list,
  account_connect: () => list,
  account_edit: () => list,
  account_sign_in: () => JOB,
  account_remove: ({ name }) => ({ name, gone: CONTOSO.stored, accounts: { ...list, accounts: [] } }),
  session_open: () => SESSION,
  sign_in_get: () => ({ prompt: null }),
  doctor_get: () => DOCTOR,
  connection_get: ({ name }) => ({ account: name, at: null, steps: [] }),
  tier_get: () => ASK,
  expiry_list: () => ({ rows: [], notes: [] }),
  workspace_list: () => ({ workspaces: [], unseen: [] }),
  schedule_get: () => SCHEDULE,
  schedule_set: (set) => ({ ...SCHEDULE, set }),
  cache_get: () => CACHE,
  cache_retain: ({ days }) => ({ ...CACHE, retention_days: days }),
  cache_tidy: () => ({ ...JOB, command: 'cache_tidy' }),
  network_get: () => NETWORK,
  network_set: () => NETWORK,
  ...more,
});
const JOB = { id: 1, command: 'account_sign_in', state: 'running' as const, step: '', done: 0, total: null, rate: 0, left: null, waiting: null, asked: null, failure: null };
const asked = (core: { asked: readonly { command: string; request: unknown }[] }, command: string) => core.asked.find((one) => one.command === command)?.request;
const detail = () => screen.findByRole('region', { name: 'Account' });

test('the open account is shown with its doctor and with what is stored where', async () => {
  showScreen(AccountsScreen, answers());
  const shown = await detail();
  expect(within(shown).getByRole('heading', { name: 'Contoso' })).toBeTruthy();
  expect(await within(shown).findByText(/2 of 23 checks can’t run: PB-02, PB-05/u)).toBeTruthy();
  expect(within(shown).getByRole('row', { name: /Missing Microsoft Sentinel Playbook Operator Azure, rg-soc-playbooks/u })).toBeTruthy();
  expect(within(shown).getByRole('row', { name: /Application Mail.Send Exchange, mailboxes of the tests Test mail nothing tells it ?no request yet$/u })).toBeTruthy();
  await userEvent.click(within(shown).getByRole('tab', { name: /Where it lies/u }));
  expect(within(shown).getByRole('row', { name: /Client secret Secret Service: Crosswalk \/ contoso/u })).toBeTruthy();
});

test('the background is set in minutes, spares a battery, and tells of what is chosen', async () => {
  const { core } = showScreen(AccountsScreen, answers());
  const shown = await detail();
  await userEvent.click(within(shown).getByRole('tab', { name: 'Settings' }));
  expect(await within(shown).findByText('Due, and waits: this PC runs on battery.')).toBeTruthy();
  expect(within(shown).getByText('Power: on battery. Network: the system does not say.')).toBeTruthy();
  await userEvent.click(within(shown).getByRole('checkbox', { name: 'New incidents of high severity' }));
  expect(asked(core, 'schedule_set')).toEqual({ every: 15, spare: true, tell: ['high_severity', 'unresolved'] });
});

test('what a large tenant left unread is said, and some of it is read on demand', async () => {
  const { core } = showScreen(AccountsScreen, answers(LIST, { schedule_get: () => ({ ...SCHEDULE, unread_before: '2026-10-25T09:00:00Z' }), sync_older: () => ({ ...JOB, command: 'sync_older' }) }));
  const shown = await detail();
  await userEvent.click(within(shown).getByRole('tab', { name: 'Settings' }));
  expect(await within(shown).findByText(/Defender’s incidents that last changed before/u)).toBeTruthy();
  await userEvent.click(within(shown).getByRole('button', { name: 'Read some now' }));
  expect(asked(core, 'sync_older')).toEqual({});
});

test('the local copy says its size, keeps what is closed for as long as one likes, and is checked', async () => {
  const { core } = showScreen(AccountsScreen, answers());
  const shown = await detail();
  await userEvent.click(within(shown).getByRole('tab', { name: /Where it lies/u }));
  expect(await within(shown).findByText('52.4 MB, 1.2 MB of it free')).toBeTruthy();
  await userEvent.selectOptions(within(shown).getByRole('combobox', { name: 'Keep closed incidents' }), 'For 365 days');
  expect(asked(core, 'cache_retain')).toEqual({ days: 365 });
  await userEvent.click(within(shown).getByRole('button', { name: 'Check and compact' }));
  expect(asked(core, 'cache_tidy')).toEqual({});
});

test('another account opens and leads to the overview', async () => {
  const { core, places, params } = showScreen(AccountsScreen, answers());
  await userEvent.click(await screen.findByRole('button', { name: /Fabrikam/u }));
  expect(params()).toEqual({ name: 'fabrikam' });
  await userEvent.click(screen.getByRole('button', { name: 'Open Fabrikam' }));
  await waitFor(() => expect(places).toEqual([{ room: 'overview' }]));
  expect(asked(core, 'session_open')).toEqual({ name: 'fabrikam' });
});

test('a secret is typed once; what is wrong is told beside its field', async () => {
  const { core, places } = showScreen(AccountsScreen, answers(), { panel: 'connect' });
  await userEvent.click(await screen.findByRole('radio', { name: /A program/u }));
  await userEvent.click(screen.getByRole('radio', { name: /Client secret/u }));
  await userEvent.type(screen.getByLabelText(/^Name/u), 'third');
  await userEvent.type(screen.getByLabelText(/^Tenant/u), 'contoso.com');
  await userEvent.type(screen.getByLabelText('Client secret'), '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20');
  expect(screen.getByText(/looks like the secret’s id/u)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Connect and open' }));
  expect(asked(core, 'account_connect')).toBeUndefined();
  expect(document.activeElement?.getAttribute('name')).toBe('client');
  await userEvent.type(screen.getByLabelText(/^Application/u), '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11');
  await userEvent.click(screen.getByRole('button', { name: 'Connect and open' }));
  await waitFor(() => expect(places).toEqual([{ room: 'overview' }]));
  expect(asked(core, 'account_connect')).toMatchObject({ name: 'third', way: 'client_secret', keep: true });
  expect(asked(core, 'session_open')).toEqual({ name: 'third' });
}, 20_000);

test('a browser sign-in follows the connection', async () => {
  const { core, params } = showScreen(AccountsScreen, answers(), { panel: 'connect' });
  await userEvent.click(await screen.findByRole('radio', { name: /demo tenant on this PC/u }));
  await userEvent.type(screen.getByLabelText(/^Name/u), 'try');
  await userEvent.click(screen.getByRole('button', { name: 'Connect and sign in' }));
  await waitFor(() => expect(asked(core, 'account_sign_in')).toEqual({ name: 'try' }));
  expect(asked(core, 'account_connect')).toMatchObject({ cloud: 'demo', way: 'browser', keep: false });
  expect(asked(core, 'session_open')).toBeUndefined();
  expect(params()).toEqual({ name: 'try' });
});

test('China is refused with its reason', async () => {
  showScreen(AccountsScreen, answers(), { panel: 'connect' });
  const china = (await screen.findByRole('radio', { name: /China.*18 August 2026/u })) as HTMLInputElement;
  expect(china.disabled).toBe(true);
});

test('a device code is shown with its page and its end', async () => {
  const prompt = { account: 'contoso', way: 'device_code' as const, address: 'https://login.microsoftonline.com/device', code: 'ABCD-EFGH', expires_at: '2026-11-24T09:57:00Z' };
  showScreen(AccountsScreen, answers(LIST, { sign_in_get: () => ({ prompt }) }));
  const card = await screen.findByRole('status', { name: 'Sign-in under way' });
  expect(card.textContent).toContain('ABCD-EFGH');
  expect(card.textContent).toContain('https://login.microsoftonline.com/device');
});

test('a refused sign-in says what, who mends it and what to quote', async () => {
  const trouble: SignInTrouble = { aadsts: 53003, sentence: 'Conditional Access blocks this sign-in.', who_fixes: 'the Entra administrator', fix: 'Allow the app in the policy.', page: 'Entra ID > Protection > Conditional Access', said: 'AADSTS53003: …', trace_id: 't-1', correlation_id: 'c-1', at: null, another_way: 'browser' };
  const { core } = showScreen(AccountsScreen, answers({ ...LIST, accounts: [{ ...CONTOSO, trouble }] }));
  const told = await screen.findByRole('alert');
  expect(told.textContent).toContain('Conditional Access blocks this sign-in.');
  expect(told.textContent).toContain('System browser');
  expect(told.textContent).toContain('Correlation id: c-1');
  await userEvent.click(within(told).getByRole('button', { name: 'Sign in again' }));
  await waitFor(() => expect(asked(core, 'account_sign_in')).toEqual({ name: 'contoso' }));
});

test('a tier is chosen, and nothing else is changed by it', async () => {
  const { core } = showScreen(AccountsScreen, answers());
  await userEvent.click(within(await detail()).getByRole('radio', { name: /Respond/u }));
  await waitFor(() => expect(asked(core, 'account_edit')).toMatchObject({ name: 'contoso', tier: 'respond', mail: null, title: null }));
});

test('removing names what is wiped, waits for the name, and shows what is gone', async () => {
  const { core } = showScreen(AccountsScreen, answers());
  await userEvent.click(await screen.findByRole('button', { name: 'Remove and wipe' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Secret Service: Crosswalk / contoso');
  const confirm = within(dialog).getByRole('button', { name: 'Remove and wipe' }) as HTMLButtonElement;
  expect(confirm.disabled).toBe(true);
  await userEvent.type(within(dialog).getByRole('textbox'), 'contoso');
  await userEvent.click(confirm);
  await waitFor(() => expect(asked(core, 'account_remove')).toEqual({ name: 'contoso', typed: 'contoso' }));
  expect(await screen.findByText(/looked for afterwards and is gone/u)).toBeTruthy();
});

test('a keychain that does not answer is said, with the way on', async () => {
  showScreen(AccountsScreen, answers({ ...LIST, accounts: [], keychain_ready: false, keychain: 'No Secret Service on the session bus.' }));
  expect(await screen.findByText('The system keychain does not answer.')).toBeTruthy();
  expect(screen.getAllByText('No Secret Service on the session bus.').length).toBeGreaterThan(0);
  expect(screen.getByText(/for this session only, in memory/u)).toBeTruthy();
});

test('a proxy is set with its password, which is not read back', async () => {
  const { core } = showScreen(AccountsScreen, answers(), { panel: 'network' });
  expect(await screen.findByText('HTTPS_PROXY=http://proxy.contoso.com:8080')).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'This one' }));
  await userEvent.type(screen.getByLabelText(/^Address/u), 'http://proxy:8080');
  await userEvent.type(screen.getByLabelText('Password'), 's3cret');
  await userEvent.click(screen.getByRole('button', { name: 'Keep these settings' }));
  await waitFor(() => expect(asked(core, 'network_set')).toEqual({ proxy: 'explicit', address: 'http://proxy:8080', user: '', password: 's3cret', ca_file: '' }));
  expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('');
});

const PLACES: Params[] = [{}, { tab: 'settings' }, { tab: 'stored' }, { panel: 'connect' }, { panel: 'network' }];
test.each(PLACES)('axe finds nothing at %o', async (start) => {
  const { container } = showScreen(AccountsScreen, answers(), start);
  await screen.findByRole('heading', { name: /Contoso|Connect a tenant|Network/u });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
