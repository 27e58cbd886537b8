// Scrolls and types in the real window on a large store: `motion.mjs WORLD` writes what was seen as JSON to the file
// `told`. WORLD is JSON: {application, blank, driver, xwalk, home, large, told}; `large` is a sandbox's descriptor.
// Times are taken inside the page, so that the driver's way there and back is not in them.
// Never here: a judgement.
import { writeFileSync } from 'node:fs';
import { openWindow, until } from '../desktop/webdriver.mjs';
import { incidents, keyring, loginOf, prepare } from './login.mjs';

const world = JSON.parse(process.argv[2]);
const login = loginOf(world.home);
const SPEED = 20_000; // px/s
const SECONDS = 10;
const ESCAPE = '\uE00C';

/**
 * Moves `box` by elapsed time; a frame is one call of `requestAnimationFrame`. Each is judged as it will be painted:
 * `waiting` shows a placeholder, `bare` shows a stretch without any row. That is known behind every callback of the frame
 * and before its painting, which is when a `ResizeObserver` is told: a mark at the page's edge changes its size each time.
 */
const SCROLL = `const [selector, speed, seconds, done] = arguments;
  const box = document.querySelector(selector);
  const told = { frames: 0, waiting: 0, bare: 0 };
  const judge = () => {
    const { top, bottom } = box.getBoundingClientRect();
    let [from, to] = [Infinity, -Infinity];
    let waits = false;
    for (const row of box.querySelectorAll('[role=row]')) {
      const at = row.getBoundingClientRect();
      if (at.bottom <= top || at.top >= bottom) continue;
      [from, to] = [Math.min(from, at.top), Math.max(to, at.bottom)];
      waits ||= row.ariaBusy === 'true';
    }
    told.waiting += waits;
    told.bare += from > top + 1 || to < bottom - 1;
  };
  const mark = document.createElement('div');
  mark.style = 'position: fixed; height: 1px; visibility: hidden; contain: strict';
  document.body.append(mark);
  let drawn = 0;
  new ResizeObserver(() => {
    if (drawn === told.frames || !box.querySelector('[role=row]')) return;
    drawn = told.frames;
    judge();
  }).observe(mark);
  box.scrollTop = 0;
  const began = performance.now();
  const frame = () => {
    const passed = (performance.now() - began) / 1000;
    if (passed >= seconds) return done({ ...told, seconds: passed, moved: box.scrollTop });
    box.scrollTop = passed * speed;
    told.frames += 1;
    mark.style.width = (told.frames % 2) + 1 + 'px';
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);`;

const BLANK_LIST = `const box = document.createElement('div');
  box.id = 'list';
  box.style = 'position: fixed; inset: 0; overflow: auto';
  box.innerHTML = '<div style="height: 7200000px"></div>';
  document.body.append(box);`;

const COUNT = `return document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')`;

/** From the letter's event to the frame in which the list has as many rows as it leads to. */
const WATCH = `window.typed = [];
  const rows = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  document.querySelector('[data-search]').addEventListener('input', () => {
    const [began, before] = [performance.now(), rows()];
    const look = () => (rows() === before || rows() === undefined ? requestAnimationFrame(look) : window.typed.push(performance.now() - began));
    requestAnimationFrame(look);
  }, true);`;

const HAS_ROWS = `return document.querySelectorAll('[role=row]').length > 10`;

async function scroll() {
  const list = await within(world.application, ['--open', 'large', '--at', '/incidents'], async (window) => {
    await until('there are rows', () => window.run(HAS_ROWS));
    return window.runAsync(SCROLL, '[data-grid-body]', SPEED, SECONDS);
  });
  const blank = await within(world.blank, [], async (window) => {
    await window.run(BLANK_LIST);
    return window.runAsync(SCROLL, '#list', SPEED, SECONDS);
  });
  return { list, blank };
}

/** What `work` says of a window that is ended behind it. */
async function within(application, args, work) {
  const window = await openWindow({ application, driver: world.driver, args, environment: login });
  const told = await work(window);
  await window.end();
  return told;
}

/** Types words of titles letter by letter, each letter only once the one before has led to its rows. */
function type() {
  return within(world.application, ['--open', 'large', '--at', '/incidents'], async (window) => {
    await until('there are rows', () => window.run(HAS_ROWS));
    await window.run(WATCH);
    const all = Number(await window.run(COUNT));
    let seen = 0;
    for (const word of await wordsOf(window)) {
      for (const letter of word) {
        await window.type('[data-search]', letter);
        seen += 1;
        await until('the letter has led to its rows', () => window.run('return window.typed.length >= arguments[0]', seen));
      }
      await window.type('[data-search]', ESCAPE);
      // Older ones are read behind, so that there may be more by now.
      await until('all rows are back', async () => Number(await window.run(COUNT)) >= all);
    }
    return window.run('return window.typed');
  });
}

/** Beginnings of words, each of whose letters leads to fewer rows than the one before, none to no row. */
async function wordsOf(window) {
  const { rows } = await incidents(window, '', 200);
  const words = [...new Set(rows.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{5,}/gu) ?? []))].slice(0, 40);
  const chosen = [];
  for (const word of words) {
    const totals = [(await incidents(window, '', 1)).total];
    for (let letters = 1; letters <= 5; letters += 1) totals.push((await incidents(window, word.slice(0, letters), 1)).total);
    const falling = totals.findIndex((total, at) => at > 0 && (total === totals[at - 1] || total === 0));
    chosen.push(word.slice(0, falling < 0 ? 5 : falling - 1));
  }
  return chosen.filter((word) => word.length >= 3);
}

const daemon = await keyring(login);
await prepare(world, login, 'large', world.large);
const told = { scroll: await scroll(), typed: await type() };
daemon.kill();
writeFileSync(world.told, JSON.stringify(told));
