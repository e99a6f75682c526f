import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CONTESTANTS, type Contestant, type ContestantName } from './contestants.ts';
import type { FigureName, Sample } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { runContestant } from './run.ts';

/** One sample of each contestant, taken one after the other. */
export type Round = Readonly<Partial<Record<ContestantName, Sample>>>;

/**
 * Takes a sample of each contestant in turn, so that a change of the machine affects all of them. Every round starts
 * with another one, so that none always follows the same one.
 */
export async function takeRounds(count: number, take: (contestant: Contestant) => Promise<Sample>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < count; n++) {
    const start = n % CONTESTANTS.length;
    const round: Partial<Record<ContestantName, Sample>> = {};
    for (const contestant of [...CONTESTANTS.slice(start), ...CONTESTANTS.slice(0, start)])
      round[contestant.name] = await take(contestant);
    rounds.push(round);
  }
  return rounds;
}

/** Takes all figures. @param folder - of the artifacts */
export async function measure(folder: string, { coldRuns, warmRuns, warm }: BenchOptions): Promise<Round[]> {
  // Not counted: the first run reads its files from the disk, later runs from memory.
  await takeRounds(1, (contestant) => runContestant(contestant, folder));
  return [
    ...(await takeRounds(1, (contestant) => sizeOf(contestant, folder))),
    ...(await takeRounds(coldRuns, (contestant) => runContestant(contestant, folder))),
    ...(await takeRounds(warmRuns, (contestant) => runContestant(contestant, folder, warm))),
  ];
}

/** The SDK as installed has thousands of files, so it has no size. */
async function sizeOf({ name, subject }: Contestant, folder: string): Promise<Sample> {
  if (name === 'sdk-installed') return {};
  const contents = await readFile(join(folder, subject));
  return { rawBytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length };
}

/**
 * Returns a contestant's figure in each round that has it.
 *
 * @param relativeTo - divides it by the figure of this contestant in the same round. Both were measured within seconds,
 *   so a machine that is slow for a while does not matter
 */
export function valuesOf(
  rounds: readonly Round[],
  figure: FigureName,
  name: ContestantName,
  relativeTo?: ContestantName,
): number[] {
  return rounds.flatMap((round) => {
    const value = round[name]?.[figure];
    const divisor = relativeTo === undefined ? 1 : round[relativeTo]?.[figure];
    return value === undefined || divisor === undefined ? [] : value / divisor;
  });
}
