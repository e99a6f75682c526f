import { installTools } from '../../scripts/install-tools.ts';
import { missing } from './engine.ts';

/** Installs what only these tests need, if there is an engine to test with. */
export default async function prepareTerraform(): Promise<void> {
  if (missing === undefined) await installTools('test/terraform/tools');
  else process.stderr.write(`\n${missing}\n`);
}
