// The frame against a core that answers from memory.
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { SessionState } from '../contract/rpc.gen';
import { App } from './App';
import { progressWords } from '../lib/progress';
import { ACCOUNT } from '../test-core';

const SESSION: SessionState = {
  kind: 'demo',
  name: 'Contoso',
  demo: true,
  workspaces: [],
  now: '2026-11-24T09:42:00Z',
  sources: [
    { api: 'sentinel', read_at: '2026-11-24T09:40:00Z', rows: 2, trouble: null, note: null },
    { api: 'graph', read_at: null, rows: 0, trouble: 'Graph answered 403.', note: null },
  ],
  store: 'memory',
  notice: null,
};

function core(answers: Record<string, unknown> = {}) {
  const known: Record<string, unknown> = {
    session_get: SESSION,
    account_list: { accounts: [{ ...ACCOUNT, name: 'fabrikam', title: 'Fabrikam', open: false }], keychain_ready: true, keychain: '' },
    job_list: { jobs: [] },
    request_list: { rows: [], total: 1284, hosts: [] },
    incident_list: { rows: [], total: 0, of: 0, unindexed: 0, with_entities: 0 },
    incident_facets: { severity: [], status: [], workspace: [], presence: [], classification: [], product: [], tag: [], redirected: 0, owner_differs: 0, strip: [] },
    ...answers,
  };
  const calls: string[] = [];
  let tell: (event: unknown) => void = () => {};
  return {
    calls,
    tell: (event: unknown) => act(() => tell(event)),
    call: async (command: string) => {
      calls.push(command);
      const answer = known[command];
      if (answer === undefined) throw { code: 'denied', message: `No right to ${command}.` };
      return answer;
    },
    subscribe: (listener: (event: unknown) => void) => {
      tell = listener;
      return () => {};
    },
  };
}

beforeEach(() => {
  localStorage.clear();
  window.history.replaceState(null, '', '#/incidents');
});

test('the frame says whose data it is and how old', async () => {
  render(<App transport={core()} />);
  expect(await screen.findByRole('heading', { name: 'Incidents' })).toBeTruthy();
  const tenant = await screen.findByRole('button', { name: /Contoso/u });
  expect(within(tenant).getByText('DEMO')).toBeTruthy();
  const status = screen.getByRole('contentinfo', { name: 'Status' });
  expect(within(status).getByText('As of 09:40 UTC')).toBeTruthy();
  expect(within(status).getByText('Graph not read').title || within(status).getByTitle('Graph answered 403.')).toBeTruthy();
  await waitFor(() => expect(document.title).toBe('Incidents – Contoso – Crosswalk'));
});

test('the rail offers what works and nothing else', async () => {
  render(<App transport={core()} />);
  const rail = await screen.findByRole('navigation', { name: 'Screens' });
  for (const link of within(rail).getAllByRole('link')) expect(link.getAttribute('href')).toMatch(/^#\/[a-z]+$/u);
  expect(within(rail).getByRole('link', { name: 'Incidents' }).getAttribute('aria-current')).toBe('page');
});

test('no count of a tenant outlasts its closing', async () => {
  const known: Record<string, unknown> = { overview_get: { unresolved: 24, areas: [] } };
  const transport = core(known);
  const open = transport.call;
  let session = SESSION;
  transport.call = async (command) => (command === 'session_get' ? session : open(command));
  render(<App transport={transport} />);
  expect(await screen.findByText('24 unresolved redirects')).toBeTruthy();
  session = { ...SESSION, kind: 'none', name: null, demo: false };
  transport.tell({ event: 'changed', topics: ['session'] });
  await waitFor(() => expect(screen.queryByText('24 unresolved redirects')).toBeNull());
});

test('the palette runs a command and gives the focus back', async () => {
  const transport = core({ sync_run: { id: 1 } });
  render(<App transport={transport} />);
  const field = await screen.findByRole('button', { name: /Go to an incident/u });
  field.focus();
  fireEvent.keyDown(field, { key: 'k', ctrlKey: true });
  await userEvent.type(await screen.findByRole('combobox'), '>sync');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(transport.calls).toContain('sync_run'));
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test('a sign-in that is needed is done in place, and the screen stays', async () => {
  const ada = { ...ACCOUNT, way: 'browser' as const, sign_in_needed: true };
  const prompt = { account: ACCOUNT.name, way: 'browser', address: 'https://login.microsoftonline.com/contoso', code: null, expires_at: '2026-11-24T09:57:00Z' };
  const known = core({ account_list: { accounts: [ada], keychain_ready: true, keychain: '', browser_ready: true }, account_sign_in: { id: 1 } });
  let shown: object | null = null;
  const transport = { ...known, call: async (command: string) => (command === 'sign_in_get' ? { prompt: shown } : known.call(command)) };
  render(<App transport={transport} />);
  await userEvent.click(await screen.findByRole('button', { name: `Sign in to ${ACCOUNT.title}` }));
  await waitFor(() => expect(transport.calls).toContain('account_sign_in'));
  shown = prompt;
  transport.tell({ event: 'changed', topics: ['accounts'] });
  expect(await screen.findByRole('status', { name: 'Sign-in under way' })).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Incidents' })).toBeTruthy();
  expect(window.location.hash).toBe('#/incidents');
});

test('the palette leads to another tenant', async () => {
  const transport = core({ session_open: SESSION });
  render(<App transport={transport} />);
  fireEvent.keyDown(await screen.findByRole('button', { name: /Go to an incident/u }), { key: 'k', ctrlKey: true });
  await userEvent.type(await screen.findByRole('combobox'), '@fab');
  expect(screen.getByRole('option', { name: /Open Fabrikam/u })).toBeTruthy();
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(transport.calls).toContain('session_open'));
});

test('an action that fails says so once, with what still works', async () => {
  render(<App transport={core()} />);
  await userEvent.click(await screen.findByRole('button', { name: /Contoso/u }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Open Fabrikam' }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('No right to session_open.');
  expect(alert.textContent).toContain('The other sources still work');
  await userEvent.click(within(alert).getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a running job shows in the status bar as it goes', async () => {
  const transport = core();
  render(<App transport={transport} />);
  await screen.findByRole('button', { name: /Contoso/u });
  const job = { id: 7, command: 'sync_run', state: 'running', step: 'Reading law-soc-weu', done: 12400, total: 31000, rate: 400, left: 70, waiting: null, asked: null, failure: null };
  transport.tell({ event: 'job', job });
  expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('40');
  expect(screen.getByRole('contentinfo').textContent).toContain('12,400 of 31,000, 1 min 10 s left');
  expect(screen.getByRole('button', { name: 'Pause Sync' })).toBeTruthy();
  transport.tell({ event: 'job', job: { ...job, state: 'done' } });
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
});

test('a wait that the service asked for is told before the time left', () => {
  expect(progressWords({ done: 5, total: null, left: 3, waiting: 42 })).toBe('5, waiting 42 s');
});

test('the theme is kept and drawn on the page', async () => {
  render(<App transport={core()} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Theme and density' }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'High contrast' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('hc'));
  expect(localStorage.getItem('crosswalk.theme')).toBe('"hc"');
});

test('what the core tells of itself is shown with its screen, until it is dismissed', async () => {
  const transport = core({ account_list: { accounts: [], keychain_ready: true, keychain: '', browser_ready: false } });
  render(<App transport={transport} />);
  await screen.findByRole('heading', { name: 'Incidents' });
  transport.tell({ event: 'notice', notice: { title: 'A secret ends in 7 days.', text: 'The client secret of `contoso`.', route: '/accounts' } });
  expect(await screen.findByText('A secret ends in 7 days.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  await waitFor(() => expect(window.location.hash).toBe('#/accounts'));
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(screen.queryByText('A secret ends in 7 days.')).toBeNull());
});
