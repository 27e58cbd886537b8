// The three ways to begin, against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { StartScreen } from './StartScreen';

const ACCOUNTS = { accounts: [], keychain_ready: true, keychain: 'Secret Service' };
const ANSWERS: Answers = { account_list: () => ACCOUNTS, account_connect: () => ACCOUNTS, session_demo: () => SESSION, session_open: () => SESSION, session_files: () => SESSION };
const commands = (asked: readonly { command: string }[]) => asked.map(({ command }) => command);

test('the demo opens in one press and leads to the overview', async () => {
  const { places } = showScreen(StartScreen, ANSWERS);
  await userEvent.click(screen.getByRole('button', { name: /Explore the demo tenant/u }));
  await waitFor(() => expect(places).toEqual([{ room: 'overview' }]));
});

test('a demo that does not start says why', async () => {
  showScreen(StartScreen, {
    ...ANSWERS,
    session_demo: () => {
      throw { code: 'internal', message: 'The demo tenant did not start: no port.' };
    },
  });
  await userEvent.click(screen.getByRole('button', { name: /Explore the demo tenant/u }));
  expect((await screen.findByRole('alert')).textContent).toContain('no port');
});

test('a tenant is connected and opened; what is wrong is told beside its field', async () => {
  const { core, places, params } = showScreen(StartScreen, ANSWERS);
  await userEvent.click(screen.getByRole('button', { name: /Connect a tenant/u }));
  expect(params()).toEqual({ way: 'tenant' });
  await userEvent.type(screen.getByLabelText(/^Name/u), 'contoso');
  await userEvent.type(screen.getByLabelText(/^Tenant/u), 'contoso.com');
  await userEvent.type(screen.getByLabelText(/^Client secret/u), '3f1c0a52-7d1e-4b7a-9a55-0c2e6f1b8a20');
  expect(screen.getByText(/looks like the secret’s id/u)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Connect and open' }));
  expect(commands(core.asked)).not.toContain('account_connect');
  expect(document.activeElement?.getAttribute('name')).toBe('client');
  await userEvent.type(screen.getByLabelText(/^Application/u), '5f0c2c1e-0f3b-4c53-8f2c-1f0b7f6c9d11');
  await userEvent.click(screen.getByRole('button', { name: 'Connect and open' }));
  await waitFor(() => expect(places).toEqual([{ room: 'overview' }]));
  expect(core.asked.find(({ command }) => command === 'session_open')?.request).toEqual({ name: 'contoso' });
});

test('without a file dialog paths are typed', async () => {
  const { core, places } = showScreen(StartScreen, ANSWERS, { way: 'files' });
  expect(screen.queryByRole('button', { name: 'Choose files' })).toBeNull();
  await userEvent.type(screen.getByLabelText(/^Paths/u), '/srv/rules{enter}"/srv/a b.json"');
  await userEvent.click(screen.getByRole('button', { name: 'Check these files' }));
  await waitFor(() => expect(places).toEqual([{ room: 'readiness' }]));
  expect(core.asked.find(({ command }) => command === 'session_files')?.request).toEqual({ paths: ['/srv/rules', '/srv/a b.json'] });
});

test('with a file dialog files or folders are chosen; closing it opens nothing', async () => {
  const asked: boolean[] = [];
  const { core } = showScreen(StartScreen, ANSWERS, { way: 'files' }, {
    pickFiles: async (folders) => {
      asked.push(folders);
      return folders ? ['/srv/rules'] : [];
    },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Choose files' }));
  expect(commands(core.asked)).not.toContain('session_files');
  await userEvent.click(screen.getByRole('button', { name: 'Choose folders' }));
  await waitFor(() => expect(commands(core.asked)).toContain('session_files'));
  expect(asked).toEqual([false, true]);
});

test('axe finds nothing, with the form open', async () => {
  const { container } = showScreen(StartScreen, ANSWERS, { way: 'tenant' });
  await screen.findByText('Secrets in Secret Service');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
