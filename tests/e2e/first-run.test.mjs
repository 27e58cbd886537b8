// The first-run path of an account, from the three cards to its removal: a picture of each step, no axe finding, nothing
// wider than its room. One walk; the pictures of a step are taken in each theme and width before the next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, dialogGone, openDesk, openPage, rpc, settle, shoot, visit } from './desk.mjs';
import { answer } from './prompt.mjs';

const USER = 'analyst@contoso.example';
const WAITING = '[aria-label="Sign-in under way"]';

const STEPS = [begin, registration, deviceCode, signInInPlace, browser, secret, tiers, consent, doctor, connectionTest, expiry, whereItLies, removal];

// Removing the open account closes it; what a screen asked in that moment is refused.
const CLOSED = /answered 422: .*Nothing is open yet|status of 422/u;

test('from the three cards to a removal', async (walk) => {
  const desk = await openDesk();
  walk.after(() => desk.close());
  const page = await openPage(desk, { theme: 'system' });
  let themes = ['light', 'dark'];
  const look = (name) => lookAt(page, name, (themes = themes.toReversed()));
  for (const step of STEPS) await walk.test(step.name, () => step(page, look));
  await walk.test('the console stayed silent', () => assert.deepEqual(page.troubles.filter((trouble) => !CLOSED.test(trouble)), []));
});

/** A picture in each theme and width, each of which is measured; the last theme is judged by axe, and is the first next time. */
async function lookAt(page, name, themes) {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await shoot(page, `first-run-${name}-${colorScheme}-${width}`);
      assert.deepEqual(await wider(page), [], `nothing scrolls sideways at ${name}, ${width} px`);
    }
  }
  assert.deepEqual(await axe(page), [], `axe finds nothing at ${name}, ${themes.at(-1)}`);
}

async function begin(page, look) {
  await visit(page, '/start');
  await look('01-cards');
  await page.locator('main button', { hasText: 'Connect a tenant' }).click();
  await page.waitForSelector('form[aria-label="Connect a tenant"]');
  await look('02-form');
}

async function registration(page, look) {
  await page.fill('input[name=tenant]', 'contoso.example');
  await unfold(page, 'The app registration this needs');
  await unfold(page, 'Azure CLI');
  await page.locator('summary', { hasText: 'Manifest' }).scrollIntoViewIfNeeded();
  await look('03-registration');
  await choose(page, /A program, around the clock/u);
  await choose(page, /^Certificate/u);
  await page.locator('input[name=certificate]').scrollIntoViewIfNeeded();
  await look('04-certificate');
}

async function deviceCode(page, look) {
  await connect(page, 'device', /A person, now and then/u, /^Device code/u, 'Connect and sign in');
  await page.waitForSelector(WAITING);
  await look('05-device-waiting');
  await cancel(page);
  await look('06-sign-in-needed');
}

async function signInInPlace(page, look) {
  await visit(page, '/incidents');
  await press(page, 'Sign in to device');
  await page.waitForSelector(WAITING);
  await look('07-sign-in-in-place');
  assert.match(await hash(page), /^#\/incidents/u, 'the screen stays');
  await cancel(page);
}

async function browser(page, look) {
  await connect(page, 'browser', /A person, now and then/u, /^System browser/u, 'Connect and sign in');
  await page.waitForSelector(WAITING);
  await look('08-browser-waiting');
  await answer((await rpc(page, 'sign_in_get')).prompt, USER);
  await page.waitForSelector(WAITING, { state: 'detached' });
  await settle(page);
  const { accounts } = await rpc(page, 'account_list');
  assert.equal(accounts.find((account) => account.name === 'browser').user, USER);
}

async function secret(page) {
  await connect(page, 'app', /A program, around the clock/u, /^Client secret/u, 'Connect and open');
  await page.waitForFunction(() => window.location.hash.startsWith('#/overview'));
  await settle(page);
}

async function tiers(page, look) {
  await visit(page, '/accounts?name=app&tab=permissions');
  await page.getByRole('radio', { name: /^Respond/u }).click();
  await page.waitForSelector('h3:has-text("What Respond")');
  await look('09-tiers');
}

async function consent(page, look) {
  await unfold(page, 'A request to an administrator');
  await unfold(page, 'Admin consent address');
  await page.getByRole('button', { name: /open the consent page/u }).scrollIntoViewIfNeeded();
  await look('10-consent');
}

async function doctor(page, look) {
  await press(page, 'Ask the doctor');
  await settle(page);
  await page.locator('table', { hasText: 'Known by' }).scrollIntoViewIfNeeded();
  await look('11-doctor');
}

async function connectionTest(page, look) {
  await press(page, 'Test the connection');
  await settle(page);
  await page.locator('ol li', { hasText: 'Log Analytics' }).scrollIntoViewIfNeeded();
  await look('12-connection-test');
}

async function expiry(page, look) {
  await visit(page, '/accounts?name=app&tab=settings');
  await page.waitForSelector('section[aria-label="Expires next"]');
  await look('13-expiry-settings');
}

async function whereItLies(page, look) {
  await visit(page, '/accounts?name=app&tab=stored');
  await look('14-where-it-lies');
}

async function removal(page, look) {
  await press(page, 'Remove and wipe');
  await page.waitForSelector('[role=dialog] input');
  await look('15-remove');
  await page.fill('[role=dialog] input', 'app');
  await page.locator('[role=dialog] button', { hasText: 'Remove and wipe' }).click();
  await page.waitForSelector('[role=dialog] >> text=is removed');
  await look('16-removed');
  assert.equal(await page.getByText('unresolved redirects').count(), 0, 'no count of the wiped tenant is left');
  await page.locator('[role=dialog] button', { hasText: 'Close' }).click();
  await dialogGone(page);
  assert.deepEqual((await rpc(page, 'account_list')).accounts.map((account) => account.name).sort(), ['browser', 'device']);
}

/** Connects the demo tenant by one way in. */
async function connect(page, name, purpose, way, submit) {
  await visit(page, '/accounts?panel=connect');
  await choose(page, /The demo tenant on this PC/u);
  await choose(page, purpose);
  await choose(page, way);
  await page.fill('input[name=name]', name);
  await press(page, submit);
}

async function cancel(page) {
  await press(page, 'Cancel the sign-in');
  await page.waitForSelector(WAITING, { state: 'detached' });
}

const hash = (page) => page.evaluate(() => window.location.hash);
const choose = (page, words) => page.getByRole('radio', { name: words }).check();
const press = (page, words) => page.getByRole('button', { name: words, exact: true }).click();
const unfold = (page, words) => page.locator('summary', { hasText: words }).click();

/** What scrolls sideways, by its name; source text in a block of its own may. */
function wider(page) {
  return page.evaluate(() => {
    const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth;
    return [...document.querySelectorAll('main, main *')].filter((one) => one.tagName !== 'PRE' && scrolls(one)).map((one) => one.getAttribute('aria-label') ?? one.className);
  });
}
