// Every room that the rail offers, in light, dark and high contrast: no error, no axe finding, a picture of each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openDemo, openDesk, openPage, railRooms, shoot, visit } from './desk.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

for (const theme of ['light', 'dark', 'hc']) {
  test(`each room in ${theme} has no error and no axe finding`, async () => {
    const page = await openPage(desk, { theme });
    await openDemo(page);
    await page.waitForSelector('main h1');
    const rooms = await railRooms(page);
    assert.ok(rooms.length > 0, 'the rail offers no room');
    const findings = [];
    for (const room of rooms) {
      await visit(page, room);
      await shoot(page, `${room.slice(1)}-${theme}-1440`);
      findings.push(...(await axe(page)).map((line) => `${room}: ${line}`));
    }
    assert.deepEqual(findings, [], 'axe finds nothing');
    assert.deepEqual(page.troubles, [], 'the console stays silent');
    await page.close();
  });
}

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
