import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Debian's; `CHROMIUM` names another. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the tests of the browser cannot be run, undefined where they can. */
export const missing: string | undefined = existsSync(EXECUTABLE)
  ? undefined
  : `SKIPPED: there is no ${EXECUTABLE}; install chromium, or set CHROMIUM, to test the console in a browser.`;

/** No sandbox, as root has none; and nothing that would talk to any other host. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser with an empty profile of its own. */
export async function launch(): Promise<Browser> {
  // Imported here, because it is not installed where there is no browser.
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: FLAGS });
}
