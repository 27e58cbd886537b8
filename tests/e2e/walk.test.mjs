// The product's main walk, by keyboard and address: begin, see what breaks, follow a chain, test a mailer, open files.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, openDesk, openPage, rpc, settle, shoot, visit } from './desk.mjs';

let desk;
let page;
let folder;
before(async () => {
  desk = await openDesk();
  page = await openPage(desk);
  folder = mkdtempSync(join(tmpdir(), 'crosswalk-files-'));
});
after(async () => {
  await desk?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const hash = () => page.evaluate(() => window.location.hash);
const focusTree = () => page.focus('[role=treegrid] [role=row][tabindex="0"]');

test('an empty session begins at the three cards, and the demo opens from the keyboard', async () => {
  await page.waitForFunction(() => window.location.hash === '#/start');
  assert.equal(await page.locator('main button[class*=way]').count(), 3, 'three ways to begin');
  await page.focus('main button[class*=way]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.location.hash.startsWith('#/overview'));
  await settle(page);
  await page.waitForFunction(() => document.querySelectorAll('main ol > li').length > 0);
  assert.deepEqual(await axe(page), [], 'the overview has no axe finding');
});

test('the overview shows what the store holds and leads to the proof', async () => {
  await visit(page, '/overview');
  const overview = await rpc(page, 'overview_get');
  const text = await page.textContent('main');
  for (const count of [overview.redirected, overview.resolved, overview.unresolved, ...overview.deadlines.map((one) => one.days)]) assert.ok(text.includes(count.toLocaleString('en')), `${count} is on the overview`);
  assert.match(text, /can switch them back on/u, 'the second clock is no hard end');
  await page.locator('main ol button').first().click();
  await page.waitForSelector('aside h2:not(:empty)');
  assert.match(await hash(), /^#\/readiness\?check=/u);
});

test('a chain is walked by keys and its proof goes along', async () => {
  await visit(page, '/redirects');
  const { groups, unresolved } = await rpc(page, 'redirect_list');
  await focusTree();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') === 'false');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector('aside figure');
  const first = groups[0].rows[0];
  assert.equal(await hash(), `#/redirects?id=${encodeURIComponent(first.key)}`, `the third row below ${unresolved.length} closed ones is the first source`);
  assert.match(await page.textContent('section[aria-label=Proof] h2'), new RegExp(`${first.target.graph_id}$`, 'u'), 'the way ends at the target');
  await shoot(page, 'redirects-proof-light-1440');
  assert.deepEqual(await axe(page), [], 'the proof has no axe finding');
  await page.focus('[role=row][aria-current=true]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('aside figure', { state: 'detached' });
  await visit(page, `/redirects?id=${encodeURIComponent(groups.at(-1).rows[0].key)}`);
  await page.waitForSelector('[role=row][aria-current=true]');
});

test('a check leads from the list to the path and the lines, and files of facets stay in the address', async () => {
  await visit(page, '/readiness?severity=critical');
  const { checks } = await rpc(page, 'readiness_list');
  const shown = checks.filter((check) => check.severity === 'critical' && check.verdict !== 'pass' && check.verdict !== 'not_applicable');
  assert.equal(await page.locator('[role=treegrid] [role=row][aria-level="2"]').count(), shown.length, 'only what is critical');
  await focusTree();
  await page.keyboard.press('Enter');
  await page.waitForSelector('aside figure [class*=hit]');
  const title = await page.textContent('aside h2');
  await page.keyboard.press('j');
  await page.waitForFunction((old) => document.querySelector('aside h2')?.textContent !== old, title);
  await shoot(page, 'readiness-check-light-1440');
  await page.reload();
  await page.waitForSelector('aside h2:not(:empty)');
  assert.match(await hash(), /severity=critical.*check=|check=.*severity=critical/u, 'the address holds the filter and the check');
});

test('a mailer is tested, and each step tells what was observed without a secret', async () => {
  await visit(page, '/mail');
  const { suggested } = await rpc(page, 'mail_ladder');
  await page.fill('input[name=mailbox]', suggested.mailbox.replace(/^[^@]*/u, 'tenant-off'));
  await page.click('button:has-text("Test mailbox"), button:has-text("Test again")');
  await page.waitForSelector('[data-step]');
  await settle(page);
  await page.waitForFunction(() => document.querySelector('section[aria-label="Mail tests"] h2')?.textContent.startsWith('tenant-off'));
  const ladder = await rpc(page, 'mail_ladder');
  const failed = ladder.steps.find((step) => step.verdict === 'fail' && step.cause !== null);
  await page.click(`[data-step="${failed.id}"]`);
  await page.waitForSelector('aside >> text=Who fixes it');
  assert.ok((await page.textContent('aside')).includes(failed.cause.cause.replaceAll('`', '')), 'the cause is told');
  const evidence = ladder.steps.flatMap((step) => step.evidence.map((one) => one.text)).join('\n');
  assert.doesNotMatch(evidence, /eyJ[\w-]{20,}/u, 'no token is shown');
  await shoot(page, 'mail-step-light-1440');
  assert.deepEqual(await axe(page), [], 'the step has no axe finding');
});

test('a pasted error is explained', async () => {
  await visit(page, '/mail?explain=yes');
  await page.fill('aside textarea', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.');
  await page.click('aside button[type=submit]');
  await page.waitForSelector('aside >> text=Who fixes it');
  await shoot(page, 'mail-explain-light-1440');
  assert.deepEqual(await axe(page), [], 'the explanation has no axe finding');
});

test('every request of the session is in the log, and a host narrows it', async () => {
  await visit(page, '/requests');
  const { total, hosts } = await rpc(page, 'request_list', { offset: 0, limit: 1, text: '' });
  assert.equal(Number(await page.getAttribute('[role=grid]', 'aria-rowcount')) - 1, total);
  for (const { host } of hosts) assert.match(host, /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/u, 'the demo reaches nothing but loopback');
  await page.click('[role=group][aria-label=Hosts] button');
  await page.waitForFunction((all) => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) - 1 < all, total);
});

test('files are checked without a tenant; a broken one is named with its reason', async () => {
  writeFileSync(join(folder, 'rule.json'), JSON.stringify({ properties: { displayName: 'Close MDE', order: 1, triggeringLogic: { isEnabled: true, triggersOn: 'Incidents', triggersWhen: 'Created', conditions: [{ conditionType: 'Property', conditionProperties: { propertyName: 'IncidentProviderName', operator: 'Equals', propertyValues: ['Microsoft 365 Defender'] } }] }, actions: [{ order: 1, actionType: 'ModifyProperties', actionConfiguration: { status: 'Closed' } }] } }));
  writeFileSync(join(folder, 'broken.json'), '{ "properties": ');
  await visit(page, '/start?way=files');
  await page.fill('main textarea', folder);
  await page.click('button:has-text("Check these files")');
  await page.waitForFunction(() => window.location.hash.startsWith('#/readiness'));
  await page.waitForSelector('[role=treegrid]');
  const { checks, files } = await rpc(page, 'readiness_list');
  assert.equal(checks.find((check) => check.id === 'AU-01').verdict, 'fail');
  assert.equal(checks.find((check) => check.id === 'PB-02').verdict, 'could_not_run', 'what the files do not hold is no pass');
  assert.deepEqual(files.map((file) => file.read).sort(), [false, true]);
  await page.click('[role=radio]:has-text("Files")');
  await page.waitForSelector('[role=row]:has-text("broken.json"):has-text("Not read")');
  await shoot(page, 'readiness-files-light-1440');
  assert.deepEqual(await axe(page), [], 'the files have no axe finding');
  await visit(page, '/readiness?check=AU-01');
  await page.waitForSelector('aside figure');
  await shoot(page, 'readiness-import-light-1440');
  assert.deepEqual(await axe(page), [], 'a finding in a file has no axe finding');
});

test('the console stayed silent', () => {
  assert.deepEqual(page.troubles, []);
});
