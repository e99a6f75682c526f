import { mkdirSync } from 'node:fs';
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

/** Pictures go into the documents only when they are asked for, as no two runs show the same times. */
const PICTURES =
  process.env['PICTURES'] === '1' ? join(import.meta.dirname, '../../docs/images') : join(tmpdir(), 'console-pictures');

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
  await page.locator('#link[data-i18n="link.live"]').waitFor();
  return page;
}

const row = (page: Page, assetId = SEEDED_ASSET_ID) => page.locator(`[data-asset="${assetId}"]`);
const state = (page: Page, assetId = SEEDED_ASSET_ID) => row(page, assetId).locator('td .badge');
const button = (page: Page, what: string, assetId = SEEDED_ASSET_ID) =>
  page.getByRole('button', { name: new RegExp(`^${what} .*${assetId}|^${what} ${assetId}`) });
const said = (page: Page) => page.locator('#said');
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
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

/** What a picture should show: a doubtful cancel that was settled, one that came too late, and a fault that waits. */
async function makeAStory(page: Page): Promise<void> {
  await inject(page, 'applied-504');
  await button(page, 'Cancel').click();
  await expect.poll(() => textOf(state(page))).toBe('not transcoded');
  await button(page, 'Supersede', RUNNING_ASSET).click();
  await expect.poll(() => textOf(said(page))).toContain('not queued');
  await inject(page, 'hang');
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
    await expect.poll(() => textOf(said(page))).toBe('85088308…: cancelled. The queued transcode task was cancelled.');
    await expect.poll(() => textOf(state(page))).toBe('not transcoded');
    await expect.poll(() => steps(page)).toEqual(['event', 'call', 'line', 'ended']);
    expect(await textOf(newest(page))).toContain('cancel, attempt 1');
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

  it('supersedes through the event function', async () => {
    const page = await open();
    await button(page, 'Supersede').click();
    await expect.poll(() => textOf(said(page))).toContain('cancelled');
    await expect.poll(() => textOf(newest(page).locator('h3'))).toContain('cancel-superseded');
    expect(await textOf(newest(page))).toContain(`vod.upload.superseded ${SEEDED_ASSET_ID}`);
  });

  it('injects a fault, shows every attempt, and clears faults', async () => {
    const page = await open();
    await inject(page, 'error-500');
    expect(await textOf(page.locator('#fault-list'))).toBe('error-500 × 1 (cancel)');
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toEqual(['event', 'call', 'call', 'line', 'ended']);
    expect(await textOf(newest(page).locator('[data-step=call]').first())).toMatch(
      /attempt 1\s+500 VOD\.10051\s+[\d.]+ ms\s+fault: error-500/,
    );
    await page.locator('#fault-list li').waitFor({ state: 'detached' });
    await inject(page, 'hang');
    await page.getByRole('button', { name: 'Clear' }).click();
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
    await expect.poll(() => textOf(said(page))).toContain('The gateway did not answer');
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
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(await textOf(page.locator('h1'))).toBe('转码取消控制台');
    expect(await textOf(newest(page).locator('h3'))).toContain('已取消');
    expect(await textOf(said(page))).toContain('已取消');
    expect(await page.locator('body').innerText()).not.toMatch(/Assets|Invocations|attempt|waiting/);
    await page.reload();
    await page.getByRole('button', { name: 'English' }).waitFor();
    expect(await wrongs(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await makeAStory(page);
    await picture(page, `console-${colorScheme}`);
    expect(await wrongs(page)).toEqual([]);
  });

  it.each([320, 360, 400])('can be read on a phone %d wide', async (width) => {
    const page = await open({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    await button(page, 'Cancel').tap();
    await expect.poll(() => textOf(said(page))).toContain('cancelled');
    expect(await wrongs(page)).toEqual([]);
    // Laid out as cards, the table is still one.
    expect(await page.getByRole('row').count()).toBe(9);
    expect(await page.getByRole('rowheader', { name: SEEDED_ASSET_ID }).count()).toBe(1);
    expect((await button(page, 'Cancel').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    if (width === 360) await picture(page, 'console-phone');
  });

  it('is loud about the real VOD, offers what makes sense, and asks first', async () => {
    await stop();
    const place = 'http://127.0.0.1:1';
    await start({ HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV', HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV', VOD_ENDPOINT: place });
    const page = await open();
    expect(await textOf(page.locator('#real'))).toContain(`This is the real VOD, with your own credentials.`);
    expect(await textOf(page.locator('#real'))).toContain(`VOD_ENDPOINT=${place}`);
    for (const id of ['assets', 'add', 'faults']) expect(await page.locator(`#${id}`).isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'Asset id' }).fill(SEEDED_ASSET_ID);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await picture(page, 'console-real');
    expect(await wrongs(page)).toEqual([]);
    await page.getByRole('button', { name: 'No, go back' }).click();
    expect(await page.locator('#feed > li').count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Yes, go on' }).click();
    // The functions read this process's environment, which has no key.
    await expect.poll(() => textOf(said(page))).toContain('failed');
    expect(errors.splice(0).every((text) => text.includes('the server responded with a status'))).toBe(true);
  });
});
