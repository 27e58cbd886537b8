import { afterEach, expect, test, vi } from 'vitest';
import { HttpTransport, readEvents } from './http';
import { takeToken } from './transport';

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

function answering(status: number, body: string) {
  const fetched = vi.fn(async () => new Response(body, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

test('the token travels as a header, never in the address or the body', async () => {
  const fetched = answering(200, '{"kind":"demo"}');
  const answer = await new HttpTransport('secret-token', 'http://127.0.0.1:9').call('session_get', {});
  expect(answer).toEqual({ kind: 'demo' });
  const [address, init] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  expect(address).toBe('http://127.0.0.1:9/rpc');
  expect(new Headers(init.headers).get('X-Crosswalk-Token')).toBe('secret-token');
  expect(init.body).toBe('{"command":"session_get","args":{}}');
});

test('what the core said of a failure arrives as it is', async () => {
  answering(400, '{"code":"denied","message":"No."}');
  await expect(new HttpTransport('t', '').call('sync_run', {})).rejects.toEqual({ code: 'denied', message: 'No.' });
});

test('a core that does not answer is offline, a body that is none is a bad answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
  await expect(new HttpTransport('t', '').call('sync_run', {})).rejects.toMatchObject({ code: 'offline' });
  answering(502, '<html>');
  await expect(new HttpTransport('t', '').call('sync_run', {})).rejects.toMatchObject({ code: 'bad_answer' });
});

test('events are read across chunk borders; comments are none', async () => {
  const chunks = [': hello\n\ndata: {"a"', ':1}\n', '\ndata: {"b":2}\r\n\r\n', 'data: {"cut'];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const told: unknown[] = [];
  await readEvents(body, (event) => told.push(event));
  expect(told).toEqual([{ a: 1 }, { b: 2 }]);
});

test('the token leaves the address and stays in the tab', () => {
  window.history.replaceState(null, '', '/#token=abc%2B1');
  expect(takeToken()).toBe('abc+1');
  expect(window.location.hash).toBe('#/');
  expect(takeToken()).toBe('abc+1');
});
