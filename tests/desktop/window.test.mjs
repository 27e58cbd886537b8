// The real window: the program that ships, on the system's web view, under a screen that nobody sees.
// CROSSWALK_WINDOW names the program, TAURI_DRIVER the driver; without them those of target/ are taken.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { environmentOf, openBus, openWindow, until } from './webdriver.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const SCREENS = join(ROOT, 'target/screens');
const application = process.env.CROSSWALK_WINDOW ?? join(ROOT, 'target/debug/crosswalk');
const driver = process.env.TAURI_DRIVER ?? join(ROOT, 'target/tools/bin/tauri-driver');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

assert.ok(existsSync(application), `${application} is missing: cargo build --package desktop`);
assert.ok(existsSync(driver), `${driver} is missing: cargo install --root target/tools tauri-driver`);

/** Asks the core as the page does. */
function rpc(window, command, args = {}) {
  const script = `const [command, args, done] = arguments;
    window.__TAURI_INTERNALS__.invoke('rpc', { request: { command, args } }).then((answer) => done({ answer }), (refused) => done({ refused }));`;
  return window.runAsync(script, command, args);
}

/** The page may be ahead of what is painted; two frames later it is not. */
async function shoot(window, name) {
  mkdirSync(SCREENS, { recursive: true });
  await window.runAsync('const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));');
  writeFileSync(join(SCREENS, `window-${name}.png`), await window.screenshot());
}

/** Left out: Fluent's focus dummies, which pass the focus on in the moment they get it, so nobody ever stands on them. */
async function axe(window) {
  await window.run(AXE);
  const findings = await window.runAsync(`const done = arguments[0];
    axe.run({ exclude: ['[data-tabster-dummy]'] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => done(violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.target.join(' ')).join(', '))));`);
  return findings;
}

describe('the window on the demo tenant', () => {
  let window;
  before(async () => {
    window = await openWindow({ application, driver, args: ['--demo'] });
  });
  after(() => window?.end());

  test('opens as one window with its name', async () => {
    assert.equal(await window.title(), 'Crosswalk');
    assert.equal((await window.handles()).length, 1);
  });

  test('shows incidents of both APIs without a sign-in', async () => {
    const read = await until('the demo is read', async () => {
      const { answer } = await rpc(window, 'session_get');
      const rows = Object.fromEntries((answer?.sources ?? []).map((source) => [source.api, source.rows]));
      return rows.sentinel >= 5000 && rows.graph > 0 ? answer : undefined;
    }, 120_000);
    assert.equal(read.demo, true);
    await window.run(`location.hash = '/incidents'`);
    await until('the grid has rows', () => window.run(`return document.querySelectorAll('[role=row]').length > 10`));
    await shoot(window, 'incidents');
  });

  test('has no axe finding', async () => {
    assert.deepEqual(await axe(window), []);
  });

  test('answers no other command than rpc', async () => {
    const call = (command) => window.runAsync(`const [command, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, {}).then(() => done('answered'), (why) => done(String(why)));`, command);
    for (const command of ['greet', 'plugin:fs|read_file', 'plugin:shell|execute', 'plugin:opener|open_url', 'plugin:window|create', 'plugin:event|emit']) {
      assert.match(await call(command), /not (allowed|found)/u, `${command} was carried out`);
    }
  });

  test('reaches no address', async () => {
    const blocked = await window.runAsync(`const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('reached'), () => done('blocked'));
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });`);
    assert.equal(blocked, 'connect-src');
  });

  test('stays where it is when something tries to lead it away', async () => {
    const here = await window.run('return location.origin');
    await window.run(`const away = document.createElement('a'); away.href = 'http://127.0.0.1:9/'; document.body.append(away); away.click(); away.remove();`);
    await window.run(`window.open('http://127.0.0.1:9/')`);
    assert.equal(await window.run('return location.origin'), here);
    assert.equal((await window.handles()).length, 1, 'a second window opened');
  });

  test('leaves no core', () => {
    const limits = processes(application).map((id) => readFileSync(`/proc/${id}/limits`, 'utf8'));
    assert.ok(limits.length > 0, 'the window has no process');
    for (const text of limits) assert.match(text, /Max core file size\s+0\s+0/u);
  });
});

describe('the window at the first run', () => {
  let window;
  before(async () => {
    window = await openWindow({ application, driver });
  });
  after(() => window?.end());

  test('offers the demo, a tenant and files', async () => {
    const { answer } = await rpc(window, 'session_get');
    assert.equal(answer.kind, 'none');
    for (const card of ['Explore the demo tenant', 'Connect a tenant', 'Open files']) await window.says(card);
    await shoot(window, 'first-run');
  });

  test('offers memory for this session where no keychain answers, and says so', async () => {
    await window.press('Connect a tenant');
    await window.says('The system keychain does not answer.');
    await window.says('a tenant can be connected for this session only, in memory');
    const keep = await window.run(`const box = document.querySelector('form input[type=checkbox]'); return [box.disabled, box.checked]`);
    assert.deepEqual(keep, [true, false], 'nothing can be kept, and that is not offered');
    await window.says('For this session only');
    await shoot(window, 'no-keychain');
    await window.run(`location.hash = '/start'`);
  });

  test('refuses a request that is none with a sentence', async () => {
    const { refused } = await rpc(window, 'no_such_command');
    assert.equal(refused.code, 'invalid');
    assert.match(refused.message, /no_such_command/u);
  });

  test('opens the demo in one press', async () => {
    await window.press('Explore the demo tenant');
    await window.says('DEMO', 60_000);
    await until('the overview is shown', () => window.run(`return document.querySelector('main h1')?.textContent === 'Overview'`));
    await shoot(window, 'overview');
  });
});

describe('a second copy', () => {
  let bus;
  let window;
  before(async () => {
    bus = await openBus();
    window = await openWindow({ application, driver, environment: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
  });
  after(async () => {
    await window?.end();
    bus?.end();
  });

  test('hands over what it was started with, and ends', async () => {
    await window.says('Explore the demo tenant');
    const second = spawn(application, ['--demo', '--at', '/redirects'], { env: { ...environmentOf(window.home), DBUS_SESSION_BUS_ADDRESS: bus.address }, stdio: 'ignore' });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    assert.equal(code, 0);
    await until('the first one shows it', () => window.run(`return location.hash.startsWith('#/redirects')`), 60_000);
    const { answer } = await rpc(window, 'session_get');
    assert.equal(answer.kind, 'demo');
    assert.equal((await window.handles()).length, 1, 'a second window opened');
  });
});

test('the program exports nothing of its SQLite', () => {
  const symbols = execFileSync('nm', ['-D', '--defined-only', application], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.deepEqual(symbols.split('\n').filter((line) => line.includes(' sqlite3_')), []);
});

/** Ids of the processes that run `program`. */
function processes(program) {
  const command = (id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')[0];
    } catch {
      return '';
    }
  };
  return readdirSync('/proc').filter((id) => /^\d+$/u.test(id) && command(id) === program);
}
