import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CANDIDATES, type Candidate, type CandidateName } from './candidates.ts';
import type { FigureName, Sample } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { runCandidate } from './run.ts';

/** One sample of each candidate, taken one after the other. */
export type Round = Readonly<Partial<Record<CandidateName, Sample>>>;

/**
 * Takes a sample of each candidate in turn, so that a change of the machine affects all of them. Every round starts
 * with another one, so that none always follows the same one.
 */
export async function takeRounds(count: number, take: (candidate: Candidate) => Promise<Sample>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < count; n++) {
    const start = n % CANDIDATES.length;
    const round: Partial<Record<CandidateName, Sample>> = {};
    for (const candidate of [...CANDIDATES.slice(start), ...CANDIDATES.slice(0, start)])
      round[candidate.name] = await take(candidate);
    rounds.push(round);
  }
  return rounds;
}

/** Takes all figures. @param folder - of the artifacts */
export async function measure(folder: string, { coldRuns, warmRuns, warm }: BenchOptions): Promise<Round[]> {
  // Not counted: the first run reads its files from the disk, later runs from memory.
  await takeRounds(1, (candidate) => runCandidate(candidate, folder));
  return [
    ...(await takeRounds(1, (candidate) => sizeOf(candidate, folder))),
    ...(await takeRounds(coldRuns, (candidate) => runCandidate(candidate, folder))),
    ...(await takeRounds(warmRuns, (candidate) => runCandidate(candidate, folder, warm))),
  ];
}

/** The SDK as installed has thousands of files, so it has no size. */
async function sizeOf({ name, file }: Candidate, folder: string): Promise<Sample> {
  if (name === 'sdk-installed') return {};
  const contents = await readFile(join(folder, file));
  return { rawBytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length };
}

/**
 * Returns a candidate's figure in each round that has it.
 *
 * @param relativeTo - divides it by the figure of this candidate in the same round. Both were measured within seconds,
 *   so a machine that is slow for a while does not matter
 */
export function valuesOf(
  rounds: readonly Round[],
  figure: FigureName,
  name: CandidateName,
  relativeTo?: CandidateName,
): number[] {
  return rounds.flatMap((round) => {
    const value = round[name]?.[figure];
    const divisor = relativeTo === undefined ? 1 : round[relativeTo]?.[figure];
    return value === undefined || divisor === undefined ? [] : value / divisor;
  });
}
