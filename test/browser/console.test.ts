import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUNDLES } from '../../local/bundles.ts';
import { type Console, openConsole } from '../../local/console/console.ts';
import { type Gateway, startGateway } from '../../local/gateway/server.ts';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { wrongs } from './checks.ts';
import { launch, missing } from './chromium.ts';

/** The pictures that the pages show. */
const SHOWN = join(import.meta.dirname, '../../docs/images');

/** The other pictures, and all of them unless `PICTURES` asks for new ones: no two runs show the same times. */
const LOOKED_AT = join(tmpdir(), 'console-pictures');

const RUNNING_ASSET = '20000000000000000000000000000002';

let vod: VodTarget;
let console_: Console;
let gateway: Gateway;
let browser: Browser;
let context: BrowserContext | undefined;
const errors: string[] = [];

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  vod = await openVod(env);
  console_ = openConsole(vod, env);
  gateway = await startGateway({ port: 0, bundles: BUNDLES, settings: vod.settings, hooks: console_ });
}

async function stop(): Promise<void> {
  console_.close();
  await gateway.close(0);
  await vod.close();
}

/** Opens the console in a window that remembers nothing of others, and waits until it is live. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  // A wait ends at the runner's limit and at no other.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  // A violation of the page's policy is an error of the console, too.
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(gateway.origin);
  await page.locator('#link.ok').waitFor();
  return page;
}

const row = (page: Page, assetId = SEEDED_ASSET_ID) => page.locator(`[data-asset="${assetId}"]`);
const state = (page: Page, assetId = SEEDED_ASSET_ID) => row(page, assetId).locator('.badge');
const button = (page: Page, what: string, assetId = SEEDED_ASSET_ID) =>
  page.getByRole('button', { name: new RegExp(`^${what} .*${assetId}|^${what} ${assetId}`) });
const status = (page: Page) => page.locator('#status');
const newest = (page: Page) => page.locator('#feed > li').first();

const textOf = async (locator: ReturnType<Page['locator']>): Promise<string> => (await locator.innerText()).trim();

/** The kinds of the steps of the newest invocation. */
async function steps(page: Page): Promise<(string | null)[]> {
  const items = await newest(page).locator('[data-step]').all();
  return Promise.all(items.map((item) => item.getAttribute('data-step')));
}

async function inject(page: Page, name: string): Promise<void> {
  await page.getByLabel('What VOD does wrong').selectOption(name);
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.locator('#fault-list li').waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
  const file = `${name}.png`;
  const isShown = process.env['PICTURES'] === '1' && existsSync(join(SHOWN, file));
  mkdirSync(LOOKED_AT, { recursive: true });
  await page.screenshot({ path: join(isShown ? SHOWN : LOOKED_AT, file), animations: 'disabled' });
}

/** What a picture should show: a doubtful cancel that was settled, one that came too late, and a fault that waits. */
async function makeAStory(page: Page): Promise<void> {
  await button(page, 'Supersede', RUNNING_ASSET).click();
  await expect.poll(() => textOf(status(page))).toContain('not queued');
  await inject(page, 'applied-504');
  await button(page, 'Cancel').click();
  await expect.poll(() => textOf(state(page))).toBe('not transcoded');
  // The state changes with the first attempt. The answer comes after the second one.
  await expect.poll(() => textOf(status(page))).toContain(': cancelled');
  await inject(page, 'hang');
  await page.evaluate('scrollTo(0, 0)');
}

if (missing !== undefined) process.stderr.write(`\n${missing}\n`);

describe.skipIf(missing !== undefined)('the console in a browser', () => {
  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    captureConsole();
    await start();
  });

  afterEach(async () => {
    await context?.close();
    context = undefined;
    await stop();
    vi.restoreAllMocks();
    expect(errors.splice(0)).toEqual([]);
  });

  it('cancels by a click, and shows what happened', async () => {
    const page = await open();
    expect(await textOf(state(page))).toBe('waiting');
    await button(page, 'Cancel').click();
    await expect
      .poll(() => textOf(status(page)))
      .toBe(`${SEEDED_ASSET_ID}: cancelled. The queued transcode task was cancelled.`);
    await expect.poll(() => textOf(state(page))).toBe('not transcoded');
    await expect.poll(() => steps(page)).toEqual(['event', 'calls', 'line', 'ended']);
    expect(await textOf(newest(page).locator('[data-part=cancel]'))).toMatch(/^attempt 1 · [\d.]+ ms · 204$/);
    await newest(page).locator('[data-step=ended] summary').click();
    expect(await textOf(newest(page).locator('[data-step=ended] pre'))).toContain('"outcome": "cancelled"');
    expect(await wrongs(page)).toEqual([]);
  });

  it('cancels by the keyboard alone, and leaves the focus where it was', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText ?? ""',
      );
    for (let tabs = 0; tabs < 10 && (await focused()) !== `Cancel the transcode of ${SEEDED_ASSET_ID}`; tabs += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(state(page))).toBe('not transcoded');
    expect(await focused()).toBe(`Cancel the transcode of ${SEEDED_ASSET_ID}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`Queue a transcode of ${SEEDED_ASSET_ID}`);
    await page.keyboard.press('Space');
    await expect.poll(() => textOf(state(page))).toBe('waiting');
  });

  it('says at once that it cancels, with the time that passes, on the button too', async () => {
    const page = await open();
    await inject(page, 'hang');
    await button(page, 'Cancel').click();
    expect(await textOf(status(page))).toBe(`Cancelling… ${SEEDED_ASSET_ID}`);
    expect(await textOf(button(page, 'Cancel'))).toBe('Cancelling…');
    expect(await button(page, 'Cancel').getAttribute('aria-busy')).toBe('true');
    await expect.poll(() => textOf(page.locator('#status-time'))).toMatch(/^[1-9]\.\d s$/);
    await expect.poll(() => textOf(newest(page).locator('h3'))).toMatch(/running… [1-9]\.\d s/);
    expect(await textOf(newest(page).locator('[data-part=cancel]'))).toMatch(/^attempt 1 · \d+ ms$/);
    await picture(page, 'console-busy');
    expect(await wrongs(page)).toEqual([]);
    await expect.poll(() => textOf(status(page))).toContain('cancelled.');
    expect(await textOf(page.locator('#status-time'))).toBe('');
    expect(await textOf(button(page, 'Cancel'))).toBe('Cancel');
  });

  it('shows waits, attempts, backoff and status read on a time line', async () => {
    const page = await open();
    await inject(page, 'applied-504');
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    const parts = await newest(page).locator('[data-part]').all();
    const kinds = await Promise.all(parts.map((part) => part.getAttribute('data-part')));
    expect(kinds.filter((kind) => kind !== 'waited')).toEqual(['cancel', 'backoff', 'cancel', 'list']);
    expect(await textOf(newest(page).locator('[data-part=backoff]'))).toMatch(/^backoff · [\d.]+ ms$/);
  });

  it('names the asset of each invocation, finds invocations, and clears the list', async () => {
    const page = await open();
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    const ids = Array.from({ length: 25 }, (_, index) => String(index).padStart(32, 'c'));
    await page.evaluate(
      `fetch('/events', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ asset_ids: ${JSON.stringify(ids)} }) })`,
    );
    await expect.poll(() => textOf(newest(page).locator('h3'))).toContain('25 not found');
    expect(await textOf(newest(page).locator('h3'))).toMatch(/cancel-superseded\s+c+\d+\s+\+ 24/);
    expect(await textOf(page.locator('#feed > li').last().locator('h3'))).toContain(SEEDED_ASSET_ID);
    const visible = page.locator('#feed > li:visible');
    const functionName = page.getByRole('combobox', { name: 'Function' });
    await page.getByLabel('Asset id contains').fill('c24');
    await expect.poll(() => visible.count()).toBe(1);
    await functionName.selectOption('cancel-http');
    await expect.poll(() => textOf(page.locator('#feed-unmatched'))).toBe('No invocation matches the filter.');
    await page.getByLabel('Asset id contains').fill('');
    await expect.poll(() => textOf(visible.locator('h3'))).toContain('cancel-http');
    await functionName.selectOption('');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('not_found');
    await expect.poll(() => textOf(visible.locator('h3'))).toContain('cancel-superseded');
    await page.getByRole('button', { name: 'Clear list' }).click();
    expect(await page.locator('#feed > li').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.id')).toBe('feed-title');
  });

  it('says of a new asset what is wrong with its id, and that it is there already', async () => {
    const page = await open();
    const input = page.getByLabel('Asset id (empty: any)');
    await input.fill('NOT-AN-ID');
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    const problem = 'An asset id has 32 lower-case hexadecimal digits (0–9, a–f).';
    expect(await page.evaluate('document.getElementById("add-id").validationMessage')).toBe(problem);
    expect(await page.locator('#add-id:user-invalid').count()).toBe(1);
    expect(await textOf(status(page))).toBe('none yet');
    expect(await wrongs(page)).toEqual([]);
    await input.fill(SEEDED_ASSET_ID);
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    await expect.poll(() => textOf(status(page))).toContain('An asset with this id already exists');
    // The browser reports the answer's status.
    expect(errors.splice(0).every((text) => text.includes('409'))).toBe(true);
  });

  it('explains each fault, by group', async () => {
    const page = await open();
    const menu = page.locator('#fault-name');
    expect(await menu.locator('optgroup').count()).toBeGreaterThan(4);
    await menu.selectOption('applied-504');
    expect(await textOf(page.locator('#fault-about'))).toBe('VOD cancels, but its gateway answers 504.');
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    await menu.selectOption('applied-504');
    expect(await textOf(page.locator('#fault-about'))).toBe('VOD 执行了取消，但网关应答 504。');
    expect(await menu.locator('optgroup').first().getAttribute('label')).toBe('取消已执行，但看不到应答');
    expect(await page.getByRole('combobox', { name: '作用于' }).locator('option').first().textContent()).toBe('默认');
  });

  it('supersedes through the event function', async () => {
    const page = await open();
    await button(page, 'Supersede').click();
    await expect.poll(() => textOf(status(page))).toContain('cancelled');
    await expect.poll(() => textOf(newest(page).locator('h3'))).toContain('cancel-superseded');
    expect(await textOf(newest(page).locator('h3'))).toContain(SEEDED_ASSET_ID);
  });

  it('injects a fault, shows every attempt, and clears faults', async () => {
    const page = await open();
    await inject(page, 'error-500');
    expect(await textOf(page.locator('#fault-list'))).toBe('error-500 × 1 (cancel)');
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toEqual(['event', 'calls', 'line', 'ended']);
    const attempts = newest(page).locator('[data-part=cancel]');
    expect(await attempts.count()).toBe(2);
    expect(await textOf(attempts.first())).toMatch(/^attempt 1 · [\d.]+ ms · 500 · VOD\.10051 · fault: error-500$/);
    await page.locator('#fault-list li').waitFor({ state: 'detached' });
    await inject(page, 'hang');
    await page.getByRole('button', { name: 'Clear faults' }).click();
    await page.locator('#fault-list li').waitFor({ state: 'detached' });
    expect(vod.standIn?.waitingFaults()).toEqual([]);
  });

  it('moves by itself, queues a new asset, and comes back after a break', async () => {
    const page = await open();
    await page.getByLabel('Asset id (empty: any)').fill('a'.repeat(32));
    await page.getByRole('combobox', { name: 'Waits' }).selectOption('5');
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    await expect.poll(() => textOf(state(page, 'a'.repeat(32)))).toBe('waiting');
    vod.standIn?.assets.put('a'.repeat(32), { transcodeStatus: 'WAITING_TRANSCODE', waitMs: 100, transcodeMs: 300 });
    await expect.poll(() => textOf(state(page, 'a'.repeat(32)))).toBe('transcoded');
    const { port } = new URL(gateway.origin);
    await stop();
    await expect.poll(() => textOf(page.locator('#link'))).toContain('connection lost');
    await button(page, 'Cancel').click();
    await expect.poll(() => textOf(status(page))).toContain('The gateway did not answer');
    vod = await openVod({});
    console_ = openConsole(vod, {});
    gateway = await startGateway({ port: Number(port), bundles: BUNDLES, settings: vod.settings, hooks: console_ });
    await expect.poll(() => textOf(page.locator('#link'))).toBe('live');
    await row(page, 'a'.repeat(32)).waitFor({ state: 'detached' });
    // The break is what was wanted here; the browser reports it.
    expect(errors.splice(0).every((text) => text.includes('ERR_'))).toBe(true);
  });

  it('speaks Chinese, and remembers it', async () => {
    const page = await open();
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    await inject(page, 'not-found-404');
    await button(page, 'Cancel', RUNNING_ASSET).click();
    await expect.poll(() => steps(page)).toContain('ended');
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    expect(await textOf(page.locator('h1'))).toBe('转码取消控制台');
    expect(await textOf(newest(page).locator('h3'))).toContain('媒资不存在');
    expect(await textOf(newest(page))).toContain('VOD 中没有此 ID 的媒资。');
    await button(page, '取消', RUNNING_ASSET).click();
    await expect.poll(() => textOf(status(page))).toBe(`${RUNNING_ASSET}：不在队列中。转码任务已经开始，无法再取消。`);
    // What is left is names: of functions, codes, the project and what events hold.
    await page.evaluate('document.getElementById("fault-name").remove()');
    const shown = await page.locator('body').innerText();
    const names =
      /cancel-(?:http|superseded)|not-found-404|\/assets\/|\/transcode-task|[0-9a-f]{32}|HTTP|DELETE|INFO|VOD(?:\.\d+)?|English|ID|JSON/g;
    expect(shown.replace(names, '').match(/[A-Za-z]{2,}/g)).toEqual(null);
    expect(errors.splice(0).every((text) => /40[49]/.test(text))).toBe(true);
    await page.goto(gateway.origin);
    await page.getByRole('link', { name: 'English' }).waitFor();
    expect(await wrongs(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await makeAStory(page);
    await picture(page, `console-${colorScheme}`);
    expect(await wrongs(page)).toEqual([]);
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    await picture(page, `console-${colorScheme}.zh-CN`);
    expect(await wrongs(page)).toEqual([]);
  });

  it.each([320, 360, 400])('can be read on a phone %d wide', async (width) => {
    const page = await open({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    await button(page, 'Cancel').tap();
    await expect.poll(() => textOf(status(page))).toContain('cancelled');
    expect(await wrongs(page)).toEqual([]);
    expect(await page.getByRole('list', { name: 'Assets' }).getByRole('listitem').count()).toBe(8);
    expect((await button(page, 'Cancel').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    if (width === 360) await picture(page, 'console-phone');
    await page.getByRole('link', { name: /^Invocations/ }).tap();
    await expect
      .poll(() => page.evaluate('document.getElementById("feed-title").getBoundingClientRect().top'))
      .toBeLessThan(400);
    if (width === 360) await picture(page, 'console-phone-feed');
    await page.getByRole('link', { name: '中文' }).tap();
    await page.getByRole('heading', { name: '调用记录' }).waitFor();
    expect(await wrongs(page)).toEqual([]);
    if (width === 360) await picture(page, 'console-phone.zh-CN');
  });

  it('is loud about the real VOD, offers what makes sense, and asks first', async () => {
    await stop();
    const place = 'http://127.0.0.1:1';
    await start({
      HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
      VOD_ENDPOINT: place,
    });
    const page = await open();
    expect(await textOf(page.locator('#real'))).toContain(`This is the real VOD, with your own credentials.`);
    expect(await textOf(page.locator('#real'))).toContain(`VOD_ENDPOINT=${place}`);
    for (const id of ['assets', 'add', 'faults']) expect(await page.locator(`#${id}`).isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'Asset id', exact: true }).fill(SEEDED_ASSET_ID);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await picture(page, 'console-real');
    expect(await wrongs(page)).toEqual([]);
    await page.getByRole('button', { name: 'No, go back' }).click();
    expect(await page.locator('#feed > li').count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Yes, go on' }).click();
    // The functions read this process's environment, which has no key.
    await expect.poll(() => textOf(status(page))).toContain('failed');
    expect(errors.splice(0).every((text) => text.includes('the server responded with a status'))).toBe(true);
  });
});
