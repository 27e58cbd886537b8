// Every tab of an incident's panel in dark, in high contrast and narrow: a picture, no axe finding, nothing beside it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openDemo, openDesk, openPage, settle, shoot, visit } from './desk.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

const TABS = ['Summary', 'Alerts', 'Entities', 'Timeline', 'Comments', 'Tasks', 'Compare', 'Raw', 'Changes'];

for (const [theme, width] of [['light', 1440], ['dark', 1440], ['hc', 1440], ['light', 720]]) {
  test(`each tab in ${theme} at ${width} px`, async () => {
    const page = await openPage(desk, { theme, width });
    await openDemo(page);
    await visit(page, '/incidents?presence=both');
    await page.locator('[role=row][data-index="1"]').click();
    const findings = [];
    for (const tab of TABS) {
      await page.click(`aside [role=tab]:has-text("${tab}")`);
      await page.waitForSelector('aside [role=tabpanel]');
      // What is asked for one incident is read when its tab is opened.
      await settle(page);
      await page.waitForFunction(() => !document.querySelector('aside [aria-label^="Loading"], aside [aria-busy=true]'));
      await shoot(page, `panel-${tab.toLowerCase()}-${theme}-${width}`);
      findings.push(...(await axe(page)).map((line) => `${tab}: ${line}`));
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beside <= 0, `${tab}: ${beside} px stand beside the window`);
    }
    assert.deepEqual(findings, [], 'axe finds nothing');
    assert.deepEqual(page.troubles, [], 'the console stays silent');
    await page.close();
  });
}
