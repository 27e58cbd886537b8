// The queue by keyboard and by address, as a user meets it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

const focusedRow = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
const heading = () => page.textContent('aside h2');

test('keys walk the grid and the panel follows', async () => {
  await visit(page, '/incidents');
  await page.focus('[role=grid] [role=row][tabindex="0"]');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focusedRow(), '4', 'two steps from the first row');
  await page.keyboard.press('Enter');
  await page.waitForSelector('aside h2:not(:empty)');
  const first = await heading();
  const shown = await page.textContent('[role=row][aria-current=true] bdi[title]');
  assert.equal(first, shown, 'the panel shows the focused row');
  const label = await page.getAttribute('aside', 'aria-label');
  await page.keyboard.press('k');
  await page.waitForFunction((old) => document.querySelector('aside')?.getAttribute('aria-label') !== old, label);
  assert.equal(await focusedRow(), '3', 'k goes one row up');
  await page.focus('aside [role=tab][tabindex="0"]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('aside', { state: 'detached' });
});

test('both APIs are compared, both answers are shown, and axe finds nothing', async () => {
  await visit(page, '/incidents?redirected=yes&presence=both');
  await page.locator('[role=row][data-index="2"]').click();
  for (const tab of ['Summary', 'Raw', 'Compare']) {
    await page.click(`[role=tab]:has-text("${tab}")`);
    await page.waitForSelector('aside [role=tabpanel] :is([role=table], figure, section)');
    await shoot(page, `incidents-panel-${tab.toLowerCase()}-light-1440`);
    assert.deepEqual(await axe(page), [], `${tab} has no axe finding`);
  }
  assert.ok((await page.locator('aside [role=table] [role=row]').count()) > 8, 'the fields of both are compared');
  await page.setViewportSize({ width: 1024, height: 700 });
  await shoot(page, 'incidents-panel-light-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('End reaches the last row and rows are drawn by window', async () => {
  await visit(page, '/incidents');
  await page.focus('[role=grid] [role=row][tabindex="0"]');
  await page.keyboard.press('End');
  const count = Number(await page.getAttribute('[role=grid]', 'aria-rowcount'));
  await page.waitForFunction((last) => document.activeElement?.getAttribute('aria-rowindex') === String(last), count);
  const drawn = await page.locator('[role=grid] [role=row]').count();
  assert.ok(drawn < 120, `${drawn} rows are drawn for ${count}`);
});

test('a filter is in the address, survives a reload, and clears', async () => {
  await visit(page, '/incidents');
  await page.click('button:has-text("Redirected")');
  await page.waitForFunction(() => window.location.hash.includes('redirected=yes'));
  await page.reload();
  await page.waitForSelector('button[aria-pressed=true]:has-text("Redirected")');
  await visit(page, '/incidents?q=no-incident-has-these-words');
  await page.waitForSelector('text=/^0 of/');
  await page.click('button:has-text("Clear all")');
  await page.waitForSelector('[role=grid]');
  assert.doesNotMatch(new URL(page.url()).hash, /q=/u);
});

test('a merged incident leads to its target', async () => {
  await visit(page, '/incidents?redirected=yes');
  const row = page.locator('[role=row]:has([title^="Redirected to"])').first();
  const target = (await row.locator('[title^="Redirected to"]').getAttribute('title')).replace('Redirected to ', '');
  await row.click();
  await page.click('button:has-text("Go to target")');
  await page.waitForFunction((id) => document.querySelector('aside')?.getAttribute('aria-label') === `Incident ${id}`, target);
});

test('the palette opens on Ctrl+K, finds an incident by its number and goes there', async () => {
  await visit(page, '/incidents');
  const { rows } = await rpc(page, 'incident_list', { filter: {}, sort: { column: 'updated', descending: true }, offset: 40, limit: 50 });
  const sought = rows.find((row) => row.graph_id !== null);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`#${sought.graph_id}`);
  await page.waitForSelector(`[role=option]:has-text("Defender ${sought.graph_id}")`);
  await shoot(page, 'palette-light-1440');
  assert.deepEqual(await axe(page), [], 'the palette has no axe finding');
  await page.keyboard.press('Enter');
  await dialogGone(page);
  await page.waitForFunction((id) => document.querySelector('aside')?.getAttribute('aria-label') === `Incident ${id}`, sought.graph_id);
});

test('F6 walks the regions', async () => {
  await visit(page, '/incidents');
  await page.focus('#main');
  const seen = new Set();
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press('F6');
    seen.add(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region')));
  }
  for (const region of ['rail', 'toolbar', 'list', 'status']) assert.ok(seen.has(region), `F6 never reached ${region}`);
});

test('the view is exported by the browser, with its filter and DEMO at its head', async () => {
  await visit(page, '/incidents?severity=high&sort=title');
  await page.waitForSelector('[role=grid]');
  await page.keyboard.press('Control+e');
  await page.waitForSelector('[role=dialog] [role=radio], [role=dialog] input[type=radio]');
  await shoot(page, 'incidents-export-light-1440');
  assert.deepEqual(await axe(page), [], 'the dialog has no axe finding');
  await page.getByRole('radio', { name: /^Users/u }).check();
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[role=dialog] button:has-text("Export ")')]);
  assert.equal(download.suggestedFilename(), 'incidents.csv');
  const text = readFileSync(await download.path(), 'utf8');
  assert.match(text, /^\ufeff# Incidents of .*\(DEMO\)\r\n/u);
  assert.match(text, /# Filter: Severity: High\r\n/u);
  const rows = text.split('\r\n').filter((line) => line.startsWith('"'));
  const { total } = await rpc(page, 'incident_list', { filter: { severity: ['high'] }, sort: { column: 'title', descending: false }, offset: 0, limit: 1 });
  assert.equal(rows.length - 1, total, 'a row for each incident of the view');
  assert.doesNotMatch(text, /@/u, 'no sign-in name is left');
  await page.click('button[aria-label="Dismiss"]');
});

test('groups close and open by key, and a view is kept by name', async () => {
  await visit(page, '/incidents?group=severity&redirected=no');
  const head = page.locator('[role=treegrid] [role=row][aria-level="1"]').first();
  await head.waitFor();
  const count = Number(await page.getAttribute('[role=treegrid]', 'aria-rowcount'));
  await head.focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((old) => Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')) < old, count);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((old) => Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')) === old, count);
  await page.waitForSelector('[role=treegrid] [role=row][aria-level="2"] bdi[title]');
  await shoot(page, 'incidents-groups-light-1440');
  assert.deepEqual(await axe(page), [], 'groups have no axe finding');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.waitForSelector('[role=menuitemradio]:has-text("Open incidents")');
  await shoot(page, 'incidents-views-light-1440');
  await page.click('[role=menuitem]:has-text("Save this view as")');
  await page.fill('[role=dialog] input', 'Not merged');
  await page.click('[role=dialog] button:has-text("Save it")');
  await page.waitForFunction(() => window.location.hash.includes('view=Not+merged'));
  await page.reload();
  await page.getByRole('button', { name: 'View: Not merged' }).waitFor();
  await page.waitForSelector('[role=treegrid]');
  await rpc(page, 'view_remove', { view: 'Not merged' });
});

const heads = () => page.$$eval('[role=grid] [role=columnheader][data-column]', (all) => all.map((one) => one.getAttribute('data-column')));
const headWidth = (key) => page.$eval(`[role=columnheader][data-column="${key}"]`, (one) => Math.round(one.getBoundingClientRect().width));

test('columns are moved and widened by key, by edge and by menu, are kept, exported so, and reset', async () => {
  await visit(page, '/incidents');
  await page.waitForSelector('[role=row][data-index="0"]');
  const [before, width] = [await heads(), await headWidth('owner')];
  await page.focus('[data-column=owner] button');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowRight');
  await page.waitForSelector(`[role=status]:text-is("Owner is ${width + 16} pixels wide.")`, { state: 'attached' });
  assert.equal(await headWidth('owner'), width + 16);
  assert.equal((await heads()).indexOf('owner'), before.indexOf('owner') - 2);
  const edge = await page.locator('[data-column=status] > :last-child').boundingBox();
  await page.mouse.move(edge.x + edge.width / 2, edge.y + 10);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width / 2 + 60, edge.y + 10, { steps: 4 });
  await page.mouse.up();
  assert.equal(await headWidth('status'), 152, 'the edge was dragged by 60');
  const cells = await page.$$eval('[role=row][data-index="0"] > [role=gridcell]', (all) => all.map((one) => Math.round(one.getBoundingClientRect().x)));
  const lines = await page.$$eval('[role=grid] [role=columnheader]', (all) => all.map((one) => Math.round(one.getBoundingClientRect().x)));
  assert.deepEqual(cells, lines, 'rows stand under their heads');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Move Workspace left' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Move Workspace left', 'the button keeps the focus');
  await page.getByRole('checkbox', { name: 'Sentinel', exact: true }).check();
  await shoot(page, 'incidents-columns-light-1440');
  assert.deepEqual(await axe(page), [], 'the column menu has no axe finding');
  await page.keyboard.press('Escape');
  await dialogGone(page);
  const arranged = await heads();
  await page.reload();
  await page.waitForSelector('[role=row][data-index="0"]');
  assert.deepEqual(await heads(), arranged, 'a reload keeps them');
  assert.equal(await headWidth('status'), 152);
  await page.keyboard.press('Control+e');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[role=dialog] button:has-text("Export ")')]);
  const head = readFileSync(await download.path(), 'utf8').split('\r\n').find((line) => line.startsWith('"'));
  assert.match(head, /"Owner","Status"/u, 'the file has the order of the screen');
  await page.click('button[aria-label="Dismiss"]');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset columns' }).click();
  await page.keyboard.press('Escape');
  await dialogGone(page);
  assert.deepEqual(await heads(), before);
  assert.equal(await headWidth('owner'), width);
});

test('a header is dragged to another place, with a mark on the way; Escape puts it back and a click orders', async () => {
  await visit(page, '/incidents');
  await page.waitForSelector('[role=row][data-index="0"]');
  const before = await heads();
  const middle = async (key) => {
    const box = await page.locator(`[data-column=${key}]`).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [from, to] = ['owner', 'status'];
  const drag = async () => {
    const [[x, y], [end]] = [await middle(from), await middle(to)];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(end - 4, y, { steps: 6 });
  };
  const orders = () => page.$$eval('[role=columnheader][aria-sort]', (all) => all.map((one) => one.getAttribute('aria-sort')).join());
  const sorted = await orders();
  await drag();
  await page.waitForSelector(`[data-column=${to}] > i`);
  await shoot(page, 'incidents-column-drag-light-1440');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.deepEqual(await heads(), before, 'Escape puts it back');
  await drag();
  await page.mouse.up();
  const moved = before.filter((key) => key !== from);
  moved.splice(moved.indexOf(to), 0, from);
  assert.deepEqual(await heads(), moved);
  assert.equal(await orders(), sorted, 'a drag orders nothing');
  await page.click(`[data-column=${from}] button`);
  await page.waitForSelector(`[data-column=${from}]:not([aria-sort=none])`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset columns' }).click();
  await page.keyboard.press('Escape');
  await dialogGone(page);
  assert.deepEqual(await heads(), before);
});
