// The log against a core that answers from memory.
import axe from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RequestRow } from '../../contract/rpc.gen';
import { SESSION, showScreen, type Answers } from '../../test-core';
import { RequestsScreen } from './RequestsScreen';

const row = (at: number, more: Partial<RequestRow> = {}): RequestRow => ({ at: `2026-11-24T09:41:5${at}.904Z`, verb: 'GET', host: 'graph.microsoft.com', path: `/v1.0/security/incidents/${at}`, purpose: 'incidents', status: 200, bytes: 1204, took_ms: 143, refused: null, ...more });
const ROWS = [row(3, { status: 429 }), row(2, { verb: 'POST', host: 'management.azure.com', path: '/subscriptions', purpose: 'incident alerts' }), row(1, { host: 'elsewhere.example', path: '/next', status: null, refused: 'A next link named another host. Nothing was sent.' })];
const HOSTS = [
  { host: 'graph.microsoft.com', requests: 1, bytes: 1204 },
  { host: 'management.azure.com', requests: 1, bytes: 2_400_000 },
];
const ANSWERS: Answers = {
  request_list: ({ text, offset, limit }) => {
    const found = ROWS.filter((one) => `${one.host}${one.path}`.includes(text));
    return { rows: found.slice(offset, offset + limit), total: found.length, hosts: HOSTS };
  },
};

test('each request is told with verb, path, purpose and outcome; a refused one says so', async () => {
  showScreen(RequestsScreen, ANSWERS);
  const refused = await screen.findByRole('row', { name: /\/next/u });
  expect(within(refused).getByText('refused')).toBeTruthy();
  expect(screen.getByText(/^3 of 3 that left this PC, 2\.4 MB/u)).toBeTruthy();
});

test('a host narrows and is left again', async () => {
  const { params } = showScreen(RequestsScreen, ANSWERS);
  const host = await screen.findByRole('button', { name: /management\.azure\.com/u });
  await userEvent.click(host);
  expect(params()).toEqual({ q: 'management.azure.com' });
  await screen.findByText(/^1 of 3/u);
  await userEvent.click(host);
  await screen.findByText(/^3 of 3/u);
});

test('a row opens with the whole path and why it was sent', async () => {
  const { params } = showScreen(RequestsScreen, ANSWERS);
  await userEvent.click(await screen.findByText('/next'));
  const panel = await screen.findByRole('complementary', { name: 'Request' });
  expect(within(panel).getByText('A next link named another host. Nothing was sent.')).toBeTruthy();
  await userEvent.click(within(panel).getByRole('button', { name: 'Previous' }));
  await waitFor(() => expect(within(panel).getByText('incident alerts')).toBeTruthy());
  expect(params()['at']).toContain('POST');
});

test('before the first request there is nothing to list', async () => {
  showScreen(RequestsScreen, { request_list: () => ({ rows: [], total: 0, hosts: [] }) });
  expect(await screen.findByText('Nothing has left this machine')).toBeTruthy();
});

test('with nothing open the store is not asked', async () => {
  const { core } = showScreen(RequestsScreen, { ...ANSWERS, session_get: () => ({ ...SESSION, kind: 'none' }) });
  await screen.findByText('Nothing is open');
  expect(core.asked.map(({ command }) => command)).not.toContain('request_list');
});

test('axe finds nothing', async () => {
  const { container } = showScreen(RequestsScreen, ANSWERS);
  await screen.findByRole('row', { name: /\/next/u });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
