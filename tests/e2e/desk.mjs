// A devhost of its own with the demo tenant, and Debian's Chromium looking at it.
// CROSSWALK_DEVHOST names the program; without it the debug build in target/ is taken.
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../..');
const SCREENS = join(ROOT, 'target/screens');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Without these Chromium asks the network for its own things; a test machine has none.
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts both; `close` ends both. `incidents` = size of the demo tenant. */
export async function openDesk({ incidents } = {}) {
  const devhost = await startDevhost(incidents === undefined ? [] : ['--incidents', String(incidents)]);
  const profile = mkdtempSync(join(tmpdir(), 'crosswalk-e2e-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CROSSWALK_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: QUIET,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const desk = { address: devhost.address, browser };
  desk.close = async () => {
    await browser.close();
    devhost.stop();
    rmSync(profile, { recursive: true, force: true });
  };
  return desk;
}

async function startDevhost(options) {
  const program = process.env.CROSSWALK_DEVHOST ?? join(ROOT, 'target/debug/devhost');
  assert.ok(existsSync(program), `${program} is missing: build it with \`cargo build -p devhost\``);
  const child = spawn(program, options, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`devhost ended with ${code} before it was ready`))));
  ended.catch(() => {});
  for await (const line of raceLines(createInterface({ input: child.stdout }), ended)) {
    const told = line.startsWith('{') ? JSON.parse(line) : {};
    if (told.ready) return { address: told.address, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('devhost closed its output before it was ready');
}

async function* raceLines(lines, ended) {
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await Promise.race([iterator.next(), ended]);
    if (done) return;
    yield value;
  }
}

/** A page on the app in `theme`, that fails its test on any error in the console. */
export async function openPage(desk, { theme = 'light', width = 1440, height = 900 } = {}) {
  const page = await desk.browser.newPage();
  await page.setViewportSize({ width, height });
  await page.addInitScript((choice) => localStorage.setItem('crosswalk.theme', JSON.stringify(choice)), theme);
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(String(error)));
  page.on('console', (message) => (message.type() === 'error' ? page.troubles.push(message.text()) : undefined));
  page.on('requestfinished', async (request) => {
    const answer = await request.response();
    if (answer && answer.status() >= 400) page.troubles.push(`${request.postData()} was answered ${answer.status()}: ${await answer.text()}`);
  });
  await page.goto(desk.address);
  await page.waitForSelector('main');
  return page;
}

/** Asks the core from inside the page, as the app does. */
export function rpc(page, command, args = {}) {
  return page.evaluate(
    async ([name, request]) => {
      const answer = await fetch('/rpc', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Crosswalk-Token': sessionStorage.getItem('crosswalk.token') },
        body: JSON.stringify({ command: name, args: request }),
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
      return body;
    },
    [command, args],
  );
}

/** Opens the demo tenant, if it is not open, and waits until its first reading and checks are over. */
export async function openDemo(page) {
  const session = await rpc(page, 'session_get');
  if (session.kind === 'none') await rpc(page, 'session_demo');
  await settle(page);
}

/** Waits by the core's own events until no job is under way. */
export async function settle(page) {
  await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Crosswalk-Token': sessionStorage.getItem('crosswalk.token') };
    const events = (await fetch('/events', { headers })).body.getReader();
    for (;;) {
      const answer = await fetch('/rpc', { method: 'POST', headers, body: JSON.stringify({ command: 'job_list', args: {} }) });
      const { jobs } = await answer.json();
      if (jobs.every((job) => !['running', 'paused'].includes(job.state))) break;
      await events.read();
    }
    await events.cancel();
  });
}

/** Starts a job and waits for the event of its end; fails with what the job says. */
export async function runJob(page, command, args = {}) {
  const end = await page.evaluate(
    async ([name, request]) => {
      const headers = { 'Content-Type': 'application/json', 'X-Crosswalk-Token': sessionStorage.getItem('crosswalk.token') };
      const events = (await fetch('/events', { headers })).body.pipeThrough(new TextDecoderStream()).getReader();
      const answer = await fetch('/rpc', { method: 'POST', headers, body: JSON.stringify({ command: name, args: request }) });
      const job = await answer.json();
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(job)}`);
      let text = '';
      for (;;) {
        const { value, done } = await events.read();
        if (done) throw new Error('the event stream ended before the job');
        const lines = (text + value).split('\n');
        text = lines.pop();
        const told = lines.filter((line) => line.startsWith('data:')).map((line) => JSON.parse(line.slice(5)));
        const ended = told.find((event) => event.event === 'job' && event.job.id === job.id && !['running', 'paused'].includes(event.job.state));
        if (!ended) continue;
        await events.cancel();
        return ended.job;
      }
    },
    [command, args],
  );
  assert.equal(end.state, 'done', `${command} ended as ${end.state}: ${JSON.stringify(end.failure)}`);
  return end;
}

/** Goes to a room and waits until its heading is there and nothing loads. */
export async function visit(page, path) {
  await page.evaluate((to) => (window.location.hash = to), path);
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('[aria-label^="Loading"], [aria-busy=true]'), undefined, { timeout: 30_000 });
}

/** Waits until a dialog has gone and what lay under it can be read and reached again. */
export async function dialogGone(page) {
  await page.waitForSelector('[role=dialog]', { state: 'detached' });
  await page.waitForFunction(() => document.querySelector('#root')?.getAttribute('aria-hidden') !== 'true');
}

/** Rooms that the rail offers, as paths: a new room is covered the day it appears. */
export function railRooms(page) {
  return page.$$eval('nav[aria-label=Screens] a[href^="#/"]', (links) => links.map((link) => link.getAttribute('href').slice(1)));
}

/**
 * Violations of WCAG 2.2 A and AA and best practice, as readable lines.
 * Left out: Fluent's focus dummies, which pass the focus on in the moment they get it, so nobody ever stands on them.
 */
export async function axe(page) {
  await page.evaluate((source) => ('axe' in globalThis ? undefined : globalThis.eval(source)), AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ['[data-tabster-dummy]'] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1, 2).join('').trim()}`));
}

/** Stores a picture under target/screens, to be looked at. */
export async function shoot(page, name) {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
}
