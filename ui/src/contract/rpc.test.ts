import { act as actOnScreen, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useFailure } from './failure';
import { pagesOf } from './pages';
import { applyEvent, asErrorView, newQueryClient, provides, rpcKey } from './rpc';
import type { JobView } from './rpc.gen';

const job = (id: number, done: number): JobView => ({ id, command: 'sync_run', state: 'running', step: 'Reading', done, total: null, rate: 1, left: null, waiting: null, asked: null, failure: null });

test('an event makes stale what shows its topics, and nothing else', async () => {
  const client = newQueryClient();
  for (const key of [['incident_list', { offset: 0 }], ['redirect_list', {}], ['mail_ladder', {}]]) client.setQueryData(key, {});
  applyEvent(client, { event: 'changed', topics: ['incidents', 'mail'] });
  const stale = client.getQueryCache().getAll().filter((query) => query.state.isInvalidated).map((query) => query.queryKey[0]);
  expect(stale).toEqual(['incident_list', 'mail_ladder']);
});

test('actions and jobs show nothing, so no event touches them', () => {
  expect(provides('sync_run', ['incidents'])).toBe(false);
  expect(provides('not_a_command', ['incidents'])).toBe(false);
});

test('a job is put in its place without asking for the list', () => {
  const client = newQueryClient();
  client.setQueryData(rpcKey('job_list', {}), { jobs: [job(1, 5), job(2, 0)] });
  applyEvent(client, { event: 'job', job: job(1, 40) });
  expect(client.getQueryData(rpcKey('job_list', {}))).toEqual({ jobs: [job(1, 40), job(2, 0)] });
});

test('whatever failed becomes a whole error view', () => {
  expect(asErrorView({ code: 'denied', message: 'No.' })).toEqual({ code: 'denied', message: 'No.', hint: null, retry_after: null, request_id: null });
  expect(asErrorView(new Error('gone'))).toMatchObject({ code: 'internal', message: 'gone' });
});

test('pages cover the window and its edges; the first is always here', () => {
  expect(pagesOf(0, 30)).toEqual([]);
  expect(pagesOf(160, 190)).toEqual([1]);
  expect(pagesOf(100_010, 100_040)).toEqual([499, 500]);
});

test('a failed action is told once, and the next one starts clean', async () => {
  const client = newQueryClient();
  const act = (fails: boolean, quiet = false) =>
    client
      .getMutationCache()
      .build(client, { meta: { quiet }, mutationFn: () => (fails ? Promise.reject({ code: 'denied', message: 'No.' }) : Promise.resolve()) })
      .execute(undefined)
      .catch(() => undefined);
  const { result } = renderHook(() => useFailure());
  await actOnScreen(() => act(true));
  expect(result.current).toMatchObject({ code: 'denied', message: 'No.' });
  await actOnScreen(() => act(false));
  expect(result.current).toBeUndefined();
  await actOnScreen(() => act(true, true));
  expect(result.current).toBeUndefined();
});

test('a job that failed is told too', () => {
  const { result } = renderHook(() => useFailure());
  const failure = { code: 'throttled', message: 'Graph asked to wait.', hint: null, retry_after: 42, request_id: null } as const;
  actOnScreen(() => applyEvent(newQueryClient(), { event: 'job', job: { ...job(1, 5), state: 'failed', failure } }));
  expect(result.current).toEqual(failure);
});
