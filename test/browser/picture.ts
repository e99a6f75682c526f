import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The pictures that the pages show. */
const SHOWN = join(import.meta.dirname, '../../docs/images');

/** The other pictures, and all of them unless `PICTURES` asks for new ones: no two runs show the same times. */
const LOOKED_AT = join(tmpdir(), 'console-pictures');

/** Takes a picture of the page as it is. */
export async function picture(page: Page, name: string): Promise<void> {
  const file = `${name}.png`;
  const isShown = process.env['PICTURES'] === '1' && existsSync(join(SHOWN, file));
  mkdirSync(LOOKED_AT, { recursive: true });
  await page.screenshot({ path: join(isShown ? SHOWN : LOOKED_AT, file), animations: 'disabled' });
}
