// A crash leaves no core: not of the window's program, which holds the secrets, and not of the web view's processes, where
// one is while it is typed. Whether a program may be dumped at all shows in who owns its files in /proc: root, where not.
// Beside it stands a process that protects nothing; where the machine dumps not even that one, the test says so.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { environmentOf, until } from './webdriver.mjs';

const application = process.env.CROSSWALK_WINDOW ?? resolve(import.meta.dirname, '../../target/debug/crosswalk');
assert.ok(existsSync(application), `${application} is missing: cargo build --package desktop`);

// Of root's own processes /proc never tells, so root starts them as `nobody`.
const NOBODY = 65_534;
const user = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : { uid: process.getuid(), gid: process.getgid() };

/** A room to stand in and a home, removed in the end; cores are written to where a process stands. */
class Room {
  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'xw-crash-'));
    this.give(this.path);
    for (const folder of [this.cwd, this.home]) this.give((mkdirSync(folder, { mode: 0o700 }), folder));
  }

  get cwd() {
    return join(this.path, 'cwd');
  }

  get home() {
    return join(this.path, 'home');
  }

  give(path) {
    if (process.getuid() === 0) chownSync(path, user.uid, user.gid);
  }

  /** A file where whoever is started finds it; the build's folder and the screen's key can be closed to others. */
  copy(from, name, mode) {
    const to = join(this.path, name);
    copyFileSync(from, to);
    chmodSync(to, mode);
    this.give(to);
    return to;
  }

  /** Starts a program that may leave a core as large as it likes, where the machine allows that. */
  start(...words) {
    const key = process.env.XAUTHORITY;
    const env = { ...environmentOf(this.home), ...(key && existsSync(key) ? { XAUTHORITY: this.copy(key, 'key', 0o600) } : {}) };
    const script = 'ulimit -c unlimited || ulimit -c $(ulimit -H -c); exec "$0" "$@"';
    return spawn('sh', ['-c', script, ...words], { ...user, cwd: this.cwd, env, stdio: ['pipe', 'ignore', 'ignore'] });
  }

  left = () => readdirSync(this.cwd);
  remove = () => rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
}

const status = (id, name) => new RegExp(`^${name}:\\s+(.*)$`, 'mu').exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
// The folder itself stays the user's in any case; see proc(5).
const mayBeDumped = (id) => statSync(`/proc/${id}/environ`).uid === user.uid;
const limit = (id) => /^Max core file size\s+(\S+)\s+(\S+)/mu.exec(readFileSync(`/proc/${id}/limits`, 'utf8'))?.slice(1).join(' ');

/** Processes that `parent` started, and those that they started. */
function family(parent) {
  const ids = readdirSync('/proc').filter((id) => /^\d+$/u.test(id));
  const children = ids.filter((id) => ignoreGone(() => status(id, 'PPid')) === String(parent));
  return children.flatMap((id) => [Number(id), ...family(id)]);
}

function ignoreGone(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const isGone = (id) => (ignoreGone(() => status(id, 'State')) ?? 'Z').startsWith('Z');

/** Sends SIGSEGV until the process is gone: a handler lets those pass that no address has caused. */
const crash = (id) =>
  until(`process ${id} crashes`, () => {
    if (!isGone(id)) ignoreGone(() => process.kill(id, 'SIGSEGV'));
    return isGone(id);
  });

let room;
let window;
before(() => {
  room = new Room();
  window = room.start(room.copy(application, 'crosswalk', 0o755), '--demo');
});
after(() => {
  window.kill('SIGKILL');
  room.remove();
});

test('a process that protects nothing may be dumped, so that the rest proves something', async () => {
  const open = new Room();
  const child = open.start('sh', '-c', 'read _; :');
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  await until('it waits', () => !readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').includes('ulimit'));
  assert.ok(mayBeDumped(child.pid), 'not even an unprotected process may be dumped here');
  const allowed = limit(child.pid);
  await crash(child.pid);
  assert.equal(await ended, 'SIGSEGV');
  console.log(open.left().some((name) => name.startsWith('core')) ? `with limit ${allowed} it leaves a core` : `with limit ${allowed} even it leaves no core here, so limits and owners alone are proved`);
  open.remove();
});

test('neither the window nor its web view leaves a core when it crashes', async () => {
  const ended = new Promise((resolve) => window.once('exit', (_, signal) => resolve(signal)));
  const name = (id) => ignoreGone(() => status(id, 'Name')) ?? '';
  const views = await until('the web view has its processes', () => {
    const found = family(window.pid).filter((id) => name(id).startsWith('WebKit'));
    return found.some((id) => name(id).startsWith('WebKitWeb')) && found;
  }, 60_000);
  assert.ok(!mayBeDumped(window.pid), 'the program that holds the secrets may be dumped, or looked into by others of the same user');
  for (const id of [window.pid, ...views]) assert.equal(limit(id), '0 0', `${name(id)} may write a core`);
  // The window first: one whose web view is gone gives up by itself.
  for (const id of [window.pid, ...views]) await crash(id);
  assert.equal(await ended, 'SIGSEGV');
  assert.deepEqual(room.left(), [], 'the crash left something behind');
});
