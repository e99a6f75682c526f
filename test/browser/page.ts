/** What the tests read and click on the console's page. */
import type { Page } from 'playwright-core';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';

export const RUNNING_ASSET = '20000000000000000000000000000002';

export const row = (page: Page, assetId = SEEDED_ASSET_ID) => page.locator(`[data-asset="${assetId}"]`);
export const state = (page: Page, assetId = SEEDED_ASSET_ID) => row(page, assetId).locator('.badge');
export const button = (page: Page, what: string, assetId = SEEDED_ASSET_ID) =>
  page.getByRole('button', { name: new RegExp(`^${what} .*${assetId}|^${what} ${assetId}`) });
export const status = (page: Page) => page.locator('#status');
export const newest = (page: Page) => page.locator('#feed > li').first();

export const textOf = async (locator: ReturnType<Page['locator']>): Promise<string> =>
  (await locator.innerText()).trim();

/** The kinds of the steps of the newest invocation. */
export async function steps(page: Page): Promise<(string | null)[]> {
  const items = await newest(page).locator('[data-step]').all();
  return Promise.all(items.map((item) => item.getAttribute('data-step')));
}

export async function inject(page: Page, name: string): Promise<void> {
  await page.getByLabel('What VOD does wrong').selectOption(name);
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.locator('#fault-list li').waitFor();
}
