import type { ContestantName } from '../../bench/contestants.ts';
import type { Sample } from '../../bench/protocol.ts';
import type { Results } from '../../bench/results.ts';
import type { Round } from '../../bench/rounds.ts';

/** Results in which each contestant has the samples given, round by round, cold ones and warm ones the same. */
export function resultsOf(samples: Readonly<Partial<Record<ContestantName, readonly Sample[]>>>): Results {
  const entries = Object.entries(samples) as [ContestantName, readonly Sample[]][];
  const count = Math.max(...entries.map(([, { length }]) => length));
  const rounds: Round[] = Array.from({ length: count }, (_, index) =>
    Object.fromEntries(entries.map(([name, list]) => [name, list[index]])),
  );
  return { contestants: entries.map(([name]) => name), sizes: {}, cold: rounds, warm: rounds };
}
