// Calls devhost on loopback. Its token travels as a header only: never in a URL, a cookie or a body.
// Events come as server-sent events read from a fetch stream, because EventSource cannot send a header.
import type { Transport } from './transport';

const TOKEN_HEADER = 'X-Crosswalk-Token';

export class HttpTransport implements Transport {
  private readonly token: string;
  private readonly origin: string;

  constructor(token: string, origin: string) {
    this.token = token;
    this.origin = origin;
  }

  async call(command: string, request: unknown): Promise<unknown> {
    const answer = await this.send(command, request);
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return body;
    throw body ?? failure('bad_answer', `devhost answered ${answer.status} without a body.`);
  }

  private async send(command: string, request: unknown): Promise<Response> {
    try {
      return await fetch(`${this.origin}/rpc`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', [TOKEN_HEADER]: this.token },
        body: JSON.stringify({ command, args: request }),
      });
    } catch {
      throw failure('offline', 'The Crosswalk core on this machine does not answer.');
    }
  }

  subscribe(tell: (event: unknown) => void): () => void {
    const stop = new AbortController();
    void this.listen(tell, stop.signal);
    return () => stop.abort();
  }

  private async listen(tell: (event: unknown) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const answer = await fetch(`${this.origin}/events`, { headers: { [TOKEN_HEADER]: this.token }, signal });
        if (answer.body && answer.ok) await readEvents(answer.body, tell);
      } catch {
        if (signal.aborted) return;
      }
      await pause(1000);
    }
  }
}

/** Reads an event stream to its end; only `data:` lines matter, a blank line ends an event. */
export async function readEvents(body: ReadableStream<Uint8Array>, tell: (event: unknown) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true }).replaceAll('\r\n', '\n');
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const text of events) {
      const data = text
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (data !== '') tell(JSON.parse(data));
    }
  }
}

function failure(code: string, message: string) {
  return { code, message, hint: null, retry_after: null, request_id: null };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
