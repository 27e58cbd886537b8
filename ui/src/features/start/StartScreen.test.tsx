// The three ways to begin, against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { StartScreen } from './StartScreen';

const ACCOUNTS = { accounts: [], keychain_ready: true, keychain: 'Secret Service', browser_ready: true };
const ANSWERS: Answers = { account_list: () => ACCOUNTS, session_demo: () => SESSION, session_files: () => SESSION };
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

test('connecting a tenant has a screen of its own', async () => {
  const { places } = showScreen(StartScreen, ANSWERS);
  await userEvent.click(screen.getByRole('button', { name: /Connect a tenant/u }));
  expect(places).toEqual([{ room: 'accounts', params: { panel: 'connect' } }]);
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
  const { container } = showScreen(StartScreen, ANSWERS, { way: 'files' });
  await screen.findByText('Secrets in Secret Service');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
