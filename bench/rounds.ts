import type { Contestant, ContestantName } from './contestants.ts';
import type { Sample } from './protocol.ts';

/** One sample of each contestant, taken one after the other. */
export type Round = Readonly<Partial<Record<ContestantName, Sample>>>;

/**
 * Runs all contestants in turn, so that a change of the machine affects all of them. Every round starts with another
 * one, so that none always follows the same one.
 *
 * @param run - runs one contestant
 */
export async function runRounds(
  count: number,
  contestants: readonly Contestant[],
  run: (contestant: Contestant) => Promise<Sample>,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < count; n++) {
    const round: Partial<Record<ContestantName, Sample>> = {};
    for (const contestant of rotate(contestants, n)) round[contestant.name] = await run(contestant);
    rounds.push(round);
  }
  return rounds;
}

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
