import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, runIfMain } from '../scripts/command.ts';
import { ARTIFACTS, prepareArtifacts } from './artifacts.ts';
import { describeMachine } from './machine.ts';
import { measure } from './measure.ts';
import { OPTIONS, readOptions, USAGE } from './options.ts';
import { withPart } from './part.ts';
import { reportOf } from './report.ts';

const PAGE = join(import.meta.dirname, '../docs/performance.md');

export const main = command('bench', { usage: USAGE, options: OPTIONS }, async ({ stdout }, values) => {
  const options = readOptions(values);
  const circumstances = describeMachine(new Date(), options);
  await prepareArtifacts(ARTIFACTS);
  const report = reportOf(circumstances, await measure(ARTIFACTS, options));
  stdout.write(`${report}\n`);
  if (!values.quick) await writeFile(PAGE, withPart(await readFile(PAGE, 'utf8'), 'bench', report));
  return 0;
});

await runIfMain(import.meta, main);
