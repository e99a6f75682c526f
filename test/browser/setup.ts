import { installTools } from '../../scripts/install-tools.ts';
import { missing } from './chromium.ts';

/** Installs what controls the browser, if there is one. */
export default async function prepareBrowser(): Promise<void> {
  if (missing === undefined) await installTools('test/browser');
  else process.stderr.write(`\n${missing}\n`);
}
