// Starts the real window as a person would and says when it had loaded, when its first rows stood, and what it holds in
// memory once it is idle: `starts.mjs WORLD` writes it as JSON to the file `told`. WORLD is JSON: {application, blank,
// driver, xwalk, home, cached, empty, rounds, told}; `cached` and `empty` are sandboxes' descriptors. Runs on a screen and
// a session bus of its own, whose words may stand in its output.
// Never here: a judgement; a sleep other than to become idle.
import { readFileSync, writeFileSync } from 'node:fs';
import { openWindow, pids, pidsOf, until } from '../desktop/webdriver.mjs';
import { keyring, loginOf, prepare } from './login.mjs';

const world = JSON.parse(process.argv[2]);
const login = loginOf(world.home);
/** Long enough for a start to be over and for the allocators to give back what they can. */
const SETTLE_MS = 5_000;
const TICKS = 100;

/** When the newest process of a program began, in ms since 1970. The kernel counts it in hundredths of a second. */
function beganAt(application) {
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  const booted = Date.now() - uptime * 1000;
  const started = pidsOf(application).map((pid) => Number(statOf(pid)[19]));
  return booted + (Math.max(...started) * 1000) / TICKS;
}

/** The fields behind the name in brackets. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return [];
  }
}

/** Proportional set size of a program's processes and all that they started, in MB. */
function memoryOf(application) {
  const all = pids();
  const ours = new Set(pidsOf(application));
  for (let before = -1; before !== ours.size; ) {
    before = ours.size;
    for (const pid of all) if (ours.has(statOf(pid)[1])) ours.add(pid);
  }
  return [...ours].reduce((sum, pid) => sum + pssOf(pid), 0) / 1024;
}

function pssOf(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** An instant of the page as ms since 1970: `mark` as the page set it, else when it had loaded; WebKitGTK tells no paint. */
function instantOf(window, mark) {
  const script = `const [mark] = arguments;
    const seen = performance.getEntriesByName(mark)[0];
    if (mark) return seen ? performance.timeOrigin + seen.startTime : null;
    return performance.timing.loadEventEnd || null;`;
  return until(mark ?? 'the page has loaded', () => window.run(script, mark), 120_000);
}

async function once(application, args, mark) {
  const window = await openWindow({ application, driver: world.driver, args, environment: login });
  try {
    const loaded = await instantOf(window, null);
    const rows = mark ? await instantOf(window, mark) : loaded;
    const began = beganAt(application);
    await idle(window, mark);
    return { window: loaded - began, rows: rows - began, memory: memoryOf(application) };
  } finally {
    await window.end();
  }
}

/** No job runs any more, and some seconds have passed. */
async function idle(window, mark) {
  const script = `const done = arguments[0];
    window.__TAURI_INTERNALS__.invoke('rpc', { request: { command: 'job_list', args: {} } })
      .then(({ jobs }) => done(jobs.every((job) => job.state !== 'running')), () => done(false));`;
  if (mark) await until('the jobs are over', () => window.runAsync(script), 120_000);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

const ROWS = 'crosswalk:first-rows';
const daemon = await keyring(login);
await prepare(world, login, 'cached', world.cached);
await prepare(world, login, 'empty', world.empty);
const told = { cached: [], empty: [], blank: [] };
for (let round = 0; round < world.rounds; round += 1) {
  for (const name of ['cached', 'empty']) told[name].push(await once(world.application, ['--open', name, '--at', '/incidents'], ROWS));
  told.blank.push(await once(world.blank, [], null));
}
daemon.kill();
writeFileSync(world.told, JSON.stringify(told));
