import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Contestant, ContestantName } from './contestants.ts';
import type { BenchOptions } from './options.ts';
import type { Sample } from './protocol.ts';
import type { Results, Size } from './results.ts';
import { runRounds } from './rounds.ts';
import type { RunOptions } from './run-program.ts';

/** Makes one run of a contestant. */
export type Run = (contestant: Contestant, how: RunOptions) => Promise<Sample>;

/** Takes all figures. */
export async function measure(
  contestants: readonly Contestant[],
  { coldRuns, warmRuns, warm }: BenchOptions,
  run: Run,
): Promise<Results> {
  const runCold = (contestant: Contestant): Promise<Sample> => run(contestant, {});
  // Not counted: the first run reads its files from the disk, later runs from memory.
  await runRounds(1, contestants, runCold);
  return {
    contestants: contestants.map(({ name }) => name),
    sizes: await sizesOf(contestants),
    cold: await runRounds(coldRuns, contestants, runCold),
    warm: await runRounds(warmRuns, contestants, (contestant) => run(contestant, { warm })),
  };
}

/** Returns sizes. The SDK as installed has thousands of files, so it has none. */
async function sizesOf(contestants: readonly Contestant[]): Promise<Partial<Record<ContestantName, Size>>> {
  const sizes: Partial<Record<ContestantName, Size>> = {};
  for (const { name, subject } of contestants) {
    if (name === 'sdk-installed') continue;
    const contents = await readFile(subject);
    sizes[name] = { rawBytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length };
  }
  return sizes;
}
