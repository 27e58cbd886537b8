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

test('at 1024 and at 200 % zoom nothing is wider than the window', async () => {
  for (const width of [1024, 720]) {
    const page = await openPage(desk, { width, height: 700 });
    await openDemo(page);
    for (const room of await railRooms(page)) {
      await visit(page, room);
      if (width === 1024) await shoot(page, `${room.slice(1)}-light-1024`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${room} is ${over} px wider than ${width}`);
    }
    await page.close();
  }
});
