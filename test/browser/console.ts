import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { BUNDLES } from '../../local/bundles.ts';
import { type Console, openConsole } from '../../local/console/console.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../local/gateway/server.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { launch } from './chromium.ts';

/**
 * A browser for the tests of a file, and a new console for each test. After each test there must be no error in the
 * browser that the test has not taken from `errors`.
 */
export function useConsole() {
  let vod: VodTarget;
  let console_: Console;
  let gateway: Gateway;
  let browser: Browser;
  let context: BrowserContext | undefined;
  const errors: string[] = [];

  /** @param options - of the gateway. Its settings are added to those of the VOD */
  async function start(
    env: Readonly<Record<string, string>> = {},
    { settings, ...options }: Partial<GatewayOptions> = {},
  ): Promise<void> {
    vod = await openVod(env);
    console_ = openConsole(vod, env);
    gateway = await startGateway({
      port: 0,
      bundles: BUNDLES,
      settings: { ...vod.settings, ...settings },
      hooks: console_,
      ...options,
    });
  }

  async function stop(): Promise<void> {
    console_.close();
    await gateway.close(0);
    await vod.close();
  }

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

  return { errors, start, stop, open, standIn: () => vod.standIn, origin: () => gateway.origin };
}
