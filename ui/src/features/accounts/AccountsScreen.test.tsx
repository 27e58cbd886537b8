// Connections and what is stored where, against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AccountList } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { AccountsScreen } from './AccountsScreen';

const LIST: AccountList = {
  accounts: [
    { name: 'contoso', kind: 'tenant', open: true, tenant: '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20', client: '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11', stored: [{ what: 'Client secret', place: 'Secret Service: Crosswalk / contoso', note: 'Read at sign-in' }] },
    { name: 'fabrikam', kind: 'sandbox', open: false, tenant: 'fabrikam.example', client: 'c', stored: [] },
  ],
  keychain_ready: true,
  keychain: 'Secret Service',
};
const answers = (list = LIST): Answers => ({ account_list: () => list, account_remove: () => ({ ...list, accounts: [] }), session_open: () => SESSION });

test('the open connection is shown with what is stored where', async () => {
  showScreen(AccountsScreen, answers());
  const detail = await screen.findByRole('region', { name: 'Connection' });
  expect(within(detail).getByRole('heading', { name: 'contoso' })).toBeTruthy();
  expect(within(detail).getByRole('row', { name: /Client secret Secret Service: Crosswalk \/ contoso/u })).toBeTruthy();
  expect(screen.getByText('Secrets and store keys lie in Secret Service.')).toBeTruthy();
});

test('another connection opens and leads to the overview', async () => {
  const { core, places, params } = showScreen(AccountsScreen, answers());
  await userEvent.click(await screen.findByRole('button', { name: /fabrikam/u }));
  expect(params()).toEqual({ name: 'fabrikam' });
  await userEvent.click(screen.getByRole('button', { name: 'Open fabrikam' }));
  await waitFor(() => expect(places).toEqual([{ room: 'overview' }]));
  expect(core.asked.find(({ command }) => command === 'session_open')?.request).toEqual({ name: 'fabrikam' });
});

test('removing names what is wiped and waits for the name', async () => {
  const { core } = showScreen(AccountsScreen, answers());
  await userEvent.click(await screen.findByRole('button', { name: 'Remove and wipe' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Secret Service: Crosswalk / contoso');
  const confirm = within(dialog).getByRole('button', { name: 'Remove and wipe' }) as HTMLButtonElement;
  expect(confirm.disabled).toBe(true);
  await userEvent.type(within(dialog).getByRole('textbox'), 'contoso');
  await userEvent.click(confirm);
  await waitFor(() => expect(core.asked.find(({ command }) => command === 'account_remove')?.request).toEqual({ name: 'contoso', typed: 'contoso' }));
});

test('a keychain that does not answer is said, with what follows', async () => {
  showScreen(AccountsScreen, answers({ accounts: [], keychain_ready: false, keychain: 'No Secret Service on the session bus.' }));
  expect(await screen.findByText('The system keychain does not answer.')).toBeTruthy();
  expect(screen.getAllByText('No Secret Service on the session bus.').length).toBeGreaterThan(0);
  expect(screen.getByText(/never written to a file/u)).toBeTruthy();
});

test('axe finds nothing', async () => {
  const { container } = showScreen(AccountsScreen, answers());
  await screen.findByRole('region', { name: 'Connection' });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
