// The queue of no incident, of one, and of so many that their first reading is put to a person before it begins.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, openDemo, openDesk, openPage, rpc, settle, shoot, visit } from './desk.mjs';

const LOOKS = [['light', 1440], ['dark', 1440], ['hc', 1440], ['light', 720]];

for (const incidents of [0, 1]) {
  test(`a tenant with ${incidents} incidents says what there is`, async () => {
    const desk = await openDesk({ incidents });
    try {
      for (const [theme, width] of LOOKS) {
        const page = await openPage(desk, { theme, width });
        await openDemo(page);
        await visit(page, '/incidents');
        await page.waitForSelector('[role=row][data-index="0"], main h2');
        await shoot(page, `incidents-of-${incidents}-${theme}-${width}`);
        assert.deepEqual(await axe(page), [], `${theme} at ${width} has no axe finding`);
        assert.deepEqual(page.troubles, []);
        await page.close();
      }
    } finally {
      await desk.close();
    }
  });
}

test('a long first reading waits for the word, says its plan, and afterwards what it needed', async () => {
  const desk = await openDesk({ incidents: 5_200 });
  try {
    const page = await openPage(desk);
    await rpc(page, 'session_demo');
    await visit(page, '/incidents');
    await page.getByRole('button', { name: 'Start reading' }).waitFor();
    assert.equal((await rpc(page, 'session_get')).sources[0].rows, 0, 'nothing is read before the word');
    for (const [theme, width] of LOOKS) {
      const other = await openPage(desk, { theme, width });
      await visit(other, '/incidents');
      await other.getByRole('button', { name: 'Start reading' }).waitFor();
      await shoot(other, `plan-${theme}-${width}`);
      assert.deepEqual(await axe(other), [], `${theme} at ${width} has no axe finding`);
      await other.close();
    }
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Read from both APIs' }).click();
    await page.getByRole('button', { name: 'Start reading' }).click();
    await page.waitForSelector('text=/Planned .* were needed/u', { timeout: 60_000 });
    await settle(page);
    await shoot(page, 'plan-done-light-1440');
    assert.deepEqual(await axe(page), [], 'the comparison has no axe finding');
    assert.deepEqual(page.troubles, []);
  } finally {
    await desk.close();
  }
});
