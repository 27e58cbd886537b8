// A login session for windows that are measured: a home and a keyring of its own, and stored connections whose tenants
// were read. Never here: a measurement.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow, until } from '../desktop/webdriver.mjs';

/** What is kept lies in `home`, secrets in the keyring on this session's bus. */
export function loginOf(home) {
  return { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: join(home, 'run'), DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS };
}

/** A keyring that nobody has to unlock; it ends with this program's session bus. */
export async function keyring(login) {
  mkdirSync(login.XDG_RUNTIME_DIR, { recursive: true, mode: 0o700 });
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', '--unlock'], { env: { ...process.env, ...login }, stdio: ['pipe', 'ignore', 'ignore'] });
  // Written before the wait below stops everything else in this program.
  await new Promise((resolve) => daemon.stdin.end('bench', resolve));
  execFileSync('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets']);
  return daemon;
}

/** Asks the core as the page does; null where it refuses. */
export function rpc(window, command, args) {
  const script = `const [command, args, done] = arguments;
    window.__TAURI_INTERNALS__.invoke('rpc', { request: { command, args } }).then(done, () => done(null));`;
  return window.runAsync(script, command, args);
}

/** The first rows of the queue for what was typed. */
export function incidents(window, text, limit) {
  const filter = { text, severity: [], status: [], workspace: [], presence: [], redirected: null, updated_hours: null };
  return rpc(window, 'incident_list', { filter, sort: { column: 'updated', descending: true }, offset: 0, limit });
}

/** A stored connection with everything read into its store, words included. */
export async function prepare(world, login, name, descriptor) {
  const xwalk = (...words) => execFileSync(world.xwalk, words, { env: { ...process.env, ...login }, stdio: ['ignore', 'ignore', 'inherit'] });
  xwalk('connect', name, '--descriptor', descriptor);
  xwalk('sync', '--connection', name);
  const window = await openWindow({ application: world.application, driver: world.driver, args: ['--open', name], environment: login });
  await until('the words are indexed', async () => (await incidents(window, '', 1))?.unindexed === 0, 600_000);
  await window.end();
}
