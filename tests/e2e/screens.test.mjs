// Every room, in light, dark and high contrast: no error, no axe finding, a picture of each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openDemo, openDesk, openPage, railRooms, rpc, runJob, shoot, visit } from './desk.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

// Rooms that the rail does not list.
const BESIDE = ['/requests'];

/** Looks at what is on screen: a picture, and what axe finds. */
async function look(page, name, findings) {
  await shoot(page, name);
  findings.push(...(await axe(page)).map((line) => `${name}: ${line}`));
}

for (const theme of ['light', 'dark', 'hc']) {
  test(`the first run and each room in ${theme} have no error and no axe finding`, async () => {
    const page = await openPage(desk, { theme });
    const findings = [];
    await visit(page, '/start');
    await look(page, `start-${theme}-1440`, findings);
    await openDemo(page);
    await testMailbox(page);
    await page.waitForSelector('nav[aria-label=Screens] a');
    const rooms = await railRooms(page);
    assert.ok(rooms.length > 5, `the rail offers ${rooms.length} rooms`);
    for (const room of [...rooms, ...BESIDE]) {
      await visit(page, room);
      await look(page, `${room.slice(1)}-${theme}-1440`, findings);
    }
    assert.deepEqual(findings, [], 'axe finds nothing');
    assert.deepEqual(page.troubles, [], 'the console stays silent');
    await page.close();
  });
}

/** Runs the ladder once for the mailbox that the demo suggests. */
async function testMailbox(page) {
  const { run_at, suggested } = await rpc(page, 'mail_ladder');
  if (run_at === null) await runJob(page, 'mail_test', { mailbox: suggested.mailbox, outside: suggested.outside, login: null, send: true });
}

test('the proof beside each claim is one row away and has no axe finding', async () => {
  const page = await openPage(desk);
  await openDemo(page);
  await testMailbox(page);
  const findings = [];
  for (const [room, row, proof] of [
    ['redirects', '[role=treegrid] [role=row][aria-level="2"]', 'figure'],
    ['readiness', '[role=treegrid] [role=row][aria-level="2"]', 'aside h2'],
    ['mail', '[data-step]', 'figure'],
  ]) {
    await visit(page, `/${room}`);
    await page.locator(row).first().click();
    await page.waitForSelector(proof);
    await look(page, `${room}-proof-light-1440`, findings);
  }
  assert.deepEqual(findings, [], 'axe finds nothing');
  assert.deepEqual(page.troubles, [], 'the console stays silent');
  await page.close();
});

/** Controls that stand outside the window where no scrolling reaches them. */
const outOfReach = () =>
  [...document.querySelectorAll('main :is(button, input, h1, h2, [role=row])')]
    .filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      const scrolls = (one) => one !== null && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
      return width > 1 && right > window.innerWidth + 1 && !scrolls(element.parentElement);
    })
    .map((element) => element.textContent?.slice(0, 40) || element.getAttribute('aria-label') || element.tagName);

// 1440 px wide at 200 % is 720, at 400 % it is 360.
for (const width of [1024, 720, 360]) {
  test(`at ${width} px everything stays in reach`, async () => {
    const page = await openPage(desk, { width, height: 700 });
    await openDemo(page);
    for (const room of await railRooms(page)) {
      await visit(page, room);
      if (width === 1024) await shoot(page, `${room.slice(1)}-light-1024`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${room} is ${over} px wider than the window`);
      assert.deepEqual(await page.evaluate(outOfReach), [], `${room} has controls out of reach`);
    }
    await page.close();
  });
}
