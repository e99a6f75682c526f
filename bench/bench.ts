import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, runIfMain } from '../scripts/command.ts';
import { withPart } from '../scripts/part.ts';
import { prepareArtifacts } from './artifacts.ts';
import { describeMachine } from './machine.ts';
import { measure } from './measure.ts';
import { type BenchOptions, OPTIONS, readOptions, USAGE } from './options.ts';
import { type Report, toMarkdownPart, toTerminal } from './report.ts';
import { runProgram } from './run-program.ts';
import { tablesOf } from './tables.ts';
import { startVod } from './vod/vod.ts';

const PAGE = join(import.meta.dirname, '../docs/performance.md');

export const main = command('bench', { usage: USAGE, options: OPTIONS }, async ({ stdout }, values) => {
  const options = readOptions(values);
  const report = await bench(temporaryFolder(), options);
  stdout.write(toTerminal(report));
  if (options.write) await writeFile(PAGE, withPart(await readFile(PAGE, 'utf8'), 'bench', toMarkdownPart(report)));
  return 0;
});

async function bench(folder: string, options: BenchOptions): Promise<Report> {
  const circumstances = describeMachine(new Date(), options);
  const artifacts = await prepareArtifacts(folder);
  const vod = startVod(artifacts.vod);
  try {
    const results = await measure(artifacts.contestants, options, (contestant, how) =>
      runProgram(contestant, artifacts, vod, how),
    );
    return { circumstances, tables: tablesOf(results) };
  } finally {
    vod.stop();
  }
}

/** Makes a folder that is removed when the process ends, also by a signal. */
function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vod-bench-')));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => process.exit(status));
  return folder;
}

await runIfMain(import.meta, main);
