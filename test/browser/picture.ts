import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The pictures that the pages show. */
const SHOWN = join(import.meta.dirname, '../../docs/images');

/** The other pictures, to look at. */
const LOOKED_AT = join(tmpdir(), 'console-pictures');

/** Takes a picture of the page as it is, if `PICTURES` is 1: no two runs show the same times. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] !== '1') return;
  const file = `${name}.png`;
  const folder = existsSync(join(SHOWN, file)) ? SHOWN : LOOKED_AT;
  await page.screenshot({ path: join(folder, file), animations: 'disabled' });
}
