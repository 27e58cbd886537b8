// Changing incidents as a user meets it: refused at Look, previewed, applied, taken back, many at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, dialogGone, openDemo, openDesk, openPage, rpc, shoot, visit } from './desk.mjs';

let desk;
let page;
before(async () => {
  desk = await openDesk();
  page = await openPage(desk);
  await openDemo(page);
});
after(() => desk?.close());

const ADDRESS = '/incidents?presence=both&redirected=no&tab=changes';

async function openFirst(on) {
  await visit(on, ADDRESS);
  await on.locator('[role=row][data-index="0"]').click();
  await on.waitForSelector('aside button:has-text("Change this incident")');
}

test('at Look and check the button is off and says why', async () => {
  await rpc(page, 'account_edit', { name: 'demo tenant', tier: 'look' });
  await openFirst(page);
  assert.ok(await page.isDisabled('aside button:has-text("Change this incident")'));
  assert.match(await page.textContent('aside [role=tabpanel]'), /Choose Respond/u);
});

test('a change is previewed call by call, applied, listed and taken back', async () => {
  await rpc(page, 'account_edit', { name: 'demo tenant', tier: 'respond' });
  await openFirst(page);
  await page.click('aside button:has-text("Change this incident")');
  await page.getByLabel('Severity').selectOption('low');
  await page.getByRole('textbox', { name: 'Owner' }).fill('lena.vogt@contoso.example');
  await page.getByRole('textbox', { name: 'Comment' }).fill('<b>Handed over.</b>');
  await shoot(page, 'change-form-light-1440');
  assert.deepEqual(await axe(page), [], 'the form has no axe finding');
  await page.getByRole('button', { name: 'Preview calls' }).click();
  await page.waitForSelector('[role=dialog] article');
  await shoot(page, 'change-preview-light-1440');
  assert.deepEqual(await axe(page), [], 'the preview has no axe finding');
  await page.getByRole('button', { name: /^Apply 2 calls/u }).click();
  await page.waitForSelector('[role=dialog] :text("1 done")');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await dialogGone(page);
  await page.waitForSelector('aside article');
  await shoot(page, 'change-listed-light-1440');
  assert.deepEqual(await axe(page), [], 'the list has no axe finding');
  await page.locator('aside article button:has-text("Undo")').click();
  await page.waitForSelector('aside article:has-text("takes back")');
});

test('ticked rows are closed together, and themes hold', async () => {
  for (const theme of ['dark', 'hc']) {
    const other = await openPage(desk, { theme });
    await visit(other, '/incidents?presence=both&redirected=no');
    for (const index of [1, 2, 3]) await other.locator(`[role=row][data-index="${index}"] input[type=checkbox]`).click();
    await other.getByRole('button', { name: 'Close', exact: true }).click();
    await other.getByLabel('Classification').selectOption('TruePositive');
    await other.getByRole('button', { name: 'Preview calls' }).click();
    await other.waitForSelector('[role=dialog] article');
    await shoot(other, `change-bulk-${theme}-1440`);
    assert.deepEqual(await axe(other), [], `${theme} has no axe finding`);
    await other.keyboard.press('Escape');
    await dialogGone(other);
    await other.close();
  }
});

test('the room lists every change with its outcome, and one row away what was sent and undo', async () => {
  await visit(page, '/changes');
  const { total } = await rpc(page, 'change_list', { key: null, offset: 0, limit: 1 });
  assert.equal(Number(await page.getAttribute('[role=grid]', 'aria-rowcount')) - 1, total);
  await page.locator('[role=row][data-index="0"]').click();
  await page.waitForSelector('aside h2:not(:empty)');
  for (const fact of ['Takes back', 'By', 'Show the incident']) assert.ok((await page.textContent('aside')).includes(fact), fact);
  for (const [theme, width] of [['light', 1440], ['dark', 1440], ['hc', 1440], ['light', 1024], ['light', 720]]) {
    const other = await openPage(desk, { theme, width });
    await visit(other, '/changes');
    await other.locator('[role=row][data-index="1"]').click();
    await other.waitForSelector('aside h2:not(:empty)');
    await shoot(other, `changes-panel-${theme}-${width}`);
    assert.deepEqual(await axe(other), [], `${theme} at ${width} has no axe finding`);
    await other.close();
  }
  await page.getByRole('button', { name: /^Done/u }).click();
  await page.waitForFunction(() => window.location.hash.includes('outcome=done'));
});
