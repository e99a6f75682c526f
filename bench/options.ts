import type { WarmPlan } from './protocol.ts';

const COLD_RUNS_PER_RUN = 6;

export const USAGE = `npm run bench [-- options]

Measures the built functions, the official SDK and a minimal hand-signed client. Each runs in its own processes, in turn,
and calls the local VOD stand-in. Prints the figures and writes docs/performance.md. Stop everything else on the machine
first.

  --runs N   warm runs of each candidate, 1 to 99, default 5; there are ${COLD_RUNS_PER_RUN} times as many cold runs
  --quick    a trial run: one round of few calls; writes no file
  --help     this text
`;

export const OPTIONS = {
  quick: { type: 'boolean', default: false },
  runs: { type: 'string', default: '5' },
} as const;

/** How often the bench runs each candidate. */
export interface BenchOptions {
  readonly coldRuns: number;
  readonly warmRuns: number;
  readonly warm: WarmPlan;
}

/** The memory is read after this many calls, in a quick run too, because the figure's name says so. */
const WARM_UP = 1_000;

const FULL: WarmPlan = { warmUp: WARM_UP, sequential: 1_500, concurrent: 2_500, handled: 3_000 };
const QUICK: WarmPlan = { warmUp: WARM_UP, sequential: 100, concurrent: 200, handled: 120 };

/** @throws Error if the number of runs is not valid */
export function readOptions({ quick, runs }: { readonly quick: boolean; readonly runs: string }): BenchOptions {
  if (!/^[1-9]\d?$/.test(runs)) throw new Error('--runs must be a whole number from 1 to 99.');
  if (quick) return { coldRuns: 1, warmRuns: 1, warm: QUICK };
  return { coldRuns: Number(runs) * COLD_RUNS_PER_RUN, warmRuns: Number(runs), warm: FULL };
}
