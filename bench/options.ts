import type { WarmPlan } from './protocol.ts';

const DEFAULT_RUNS = 5;
const COLD_RUNS_PER_RUN = 6;
const MAX_RUNS = 100;

export const USAGE = `npm run bench [-- options]

Measures the built functions, the official SDK and a minimal hand-signed client. Each runs in its own processes, in turn,
and calls the local VOD stand-in. Prints the figures and writes docs/performance.md. Stop everything else on the machine
first.

  --runs N   warm runs of each contestant, default ${DEFAULT_RUNS}; there are ${COLD_RUNS_PER_RUN} times as many cold runs
  --quick    a trial run: one round of few calls; writes no file
  --help     this text
`;

/** What the bench does, and how often. */
export interface BenchOptions {
  readonly coldRuns: number;
  readonly warmRuns: number;
  readonly warm: WarmPlan;
  /** Whether docs/performance.md is written. */
  readonly write: boolean;
}

/** The memory is read after this many calls, in a quick run too, because the figure's name says so. */
const WARM_UP = 1_000;

const FULL: WarmPlan = { warmUp: WARM_UP, sequential: 1_500, paused: 300, concurrent: 2_500, handled: 2_500 };
const QUICK: WarmPlan = { warmUp: WARM_UP, sequential: 100, paused: 50, concurrent: 200, handled: 100 };

export const OPTIONS = {
  quick: { type: 'boolean', default: false },
  runs: { type: 'string', default: String(DEFAULT_RUNS) },
} as const;

/** @throws Error if the number of runs is not valid */
export function readOptions({ quick, runs }: { readonly quick: boolean; readonly runs: string }): BenchOptions {
  const count = /^\d{1,3}$/.test(runs) ? Number(runs) : 0;
  if (count < 1 || count > MAX_RUNS) throw new Error(`--runs must be a whole number from 1 to ${MAX_RUNS}.`);
  return {
    coldRuns: quick ? 1 : count * COLD_RUNS_PER_RUN,
    warmRuns: quick ? 1 : count,
    warm: quick ? QUICK : FULL,
    write: !quick,
  };
}
