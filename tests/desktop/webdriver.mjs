// The few words of WebDriver that the window's tests speak (https://www.w3.org/TR/webdriver2/), through tauri-driver.
// Never here: a fixed port, a shared HOME, a sleep: every wait asks for what it waits for.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A window with a HOME of its own; `end` closes it and removes what it left. `environment` adds to what it is started in. */
export async function openWindow({ application, driver, args = [], environment = {} }) {
  const home = await mkdtemp(join(tmpdir(), 'xw-home-'));
  const [port, nativePort] = [await freePort(), await freePort()];
  const env = { ...environmentOf(home), ...environment };
  const relay = spawn(driver, ['--port', String(port), '--native-port', String(nativePort)], { env, stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  const session = await until('the driver starts a session', () => begin(address, application, args), 60_000);
  return new Window(`${address}/session/${session}`, relay, home, application);
}

/** Everything that a program looks up by the user lies in `home`. There is no session bus: portals would mount theirs there. */
export function environmentOf(home) {
  const folder = (name) => join(home, name);
  return {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: folder('data'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    NO_AT_BRIDGE: '1',
  };
}

async function begin(address, application, args) {
  const capabilities = { alwaysMatch: { browserName: 'wry', 'tauri:options': { application, args } } };
  const answer = await fetch(`${address}/session`, { method: 'POST', body: JSON.stringify({ capabilities }) }).catch(() => undefined);
  return answer?.ok ? (await answer.json()).value.sessionId : undefined;
}

class Window {
  constructor(address, relay, home, application) {
    this.address = address;
    this.relay = relay;
    this.home = home;
    this.application = application;
  }

  async ask(method, path, body) {
    const answer = await fetch(`${this.address}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  title = () => this.ask('GET', '/title');
  handles = () => this.ask('GET', '/window/handles');
  screenshot = async () => Buffer.from(await this.ask('GET', '/screenshot'), 'base64');

  run = (script, ...args) => this.ask('POST', '/execute/sync', { script, args });

  /** `script` calls its last argument with the answer. */
  async runAsync(script, ...args) {
    await this.ask('POST', '/timeouts', { script: 60_000 });
    return this.ask('POST', '/execute/async', { script, args });
  }

  text = () => this.run('return document.body.innerText');

  /** Waits until the page says `words`. */
  says = (words, patience) => until(`the window says “${words}”`, async () => (await this.text()).includes(words), patience);

  /** Presses the button or link that is called `name`. */
  async press(name) {
    const path = `//*[self::button or self::a][contains(normalize-space(.), ${JSON.stringify(name)})]`;
    const found = await until(`there is “${name}” to press`, () => this.find(path));
    await this.ask('POST', `/element/${found[ELEMENT]}/click`, {});
  }

  find = (xpath) => this.ask('POST', '/element', { using: 'xpath', value: xpath }).catch(() => undefined);

  /** Types into what `selector` finds first. */
  async type(selector, text) {
    const found = await this.ask('POST', '/element', { using: 'css selector', value: selector });
    await this.ask('POST', `/element/${found[ELEMENT]}/value`, { text });
  }

  async end() {
    await this.ask('DELETE', '').catch(() => undefined);
    const gone = new Promise((resolve) => this.relay.once('exit', resolve));
    this.relay.kill();
    await gone;
    // A driver that is asked while the page still loads may leave it running; the next one would hand over to it.
    for (const pid of pidsOf(this.application)) process.kill(Number(pid));
    await until('the program has ended', () => pidsOf(this.application).length === 0);
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Every process of this machine, where the system tells. */
export function pids() {
  return (existsSync('/proc') ? readdirSync('/proc') : []).filter((name) => /^\d+$/u.test(name));
}

/** Processes of a program. */
export function pidsOf(application) {
  return pids().filter((pid) => exeOf(pid) === application);
}

function exeOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}

const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

/** A session bus that starts no service, so that no portal mounts anything; `end` ends it. */
export async function openBus() {
  const folder = await mkdtemp(join(tmpdir(), 'xw-bus-'));
  await writeFile(join(folder, 'bus.conf'), BUS);
  const child = spawn('dbus-run-session', ['--config-file', join(folder, 'bus.conf'), '--', 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; read _'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [address] = await once(createInterface({ input: child.stdout }), 'line');
  return { address, end: () => (child.stdin.end(), rm(folder, { recursive: true, force: true })) };
}

/** Asks again and again until the answer is something. */
export async function until(what, ask, patience = 30_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
