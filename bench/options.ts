import { parseArgs } from 'node:util';
import { CommandError } from '../scripts/command.ts';
import type { WarmPlan } from './protocol.ts';

const DEFAULT_RUNS = 5;
const COLD_RUNS_PER_RUN = 6;
const MAX_RUNS = 100;

export const USAGE = `npm run bench [-- options]

Measures the built functions against the official SDK and against a minimal hand-signed client, each in processes of its
own, by turns, all of them calling the local VOD stand-in. Prints the figures and writes them to docs/performance.md.
Nothing else should run on the machine meanwhile.

  --runs N   warm runs of each contestant, ${DEFAULT_RUNS} by default; there are ${COLD_RUNS_PER_RUN} times as many cold ones
  --quick    a smoke run: one round of few calls, and no file is written
  --tls      reach the stand-in by TLS, as VOD is reached; no file is written
  --help     this text
`;

/** What a bench does, and how often. */
export interface BenchOptions {
  readonly help: boolean;
  readonly tls: boolean;
  readonly coldRuns: number;
  readonly warmRuns: number;
  readonly warm: WarmPlan;
  /** Whether docs/performance.md is written. */
  readonly write: boolean;
}

/** After as many calls the memory is read, in a quick run too: the figure is named after it. */
const WARM_UP = 1_000;

const FULL: WarmPlan = { warmUp: WARM_UP, sequential: 1_500, paused: 300, concurrent: 2_500, handled: 2_500 };
const QUICK: WarmPlan = { warmUp: WARM_UP, sequential: 100, paused: 50, concurrent: 200, handled: 100 };

/** @throws CommandError where an option is unknown or has a value that cannot be */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { help, quick, tls, runs } = parse(argv);
  const count = /^\d{1,3}$/.test(runs) ? Number(runs) : 0;
  if (count < 1 || count > MAX_RUNS) throw new CommandError(`--runs must be a whole number from 1 to ${MAX_RUNS}.`);
  return {
    help,
    tls,
    coldRuns: quick ? 1 : count * COLD_RUNS_PER_RUN,
    warmRuns: quick ? 1 : count,
    warm: quick ? QUICK : FULL,
    write: !quick && !tls,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        quick: { type: 'boolean', default: false },
        tls: { type: 'boolean', default: false },
        runs: { type: 'string', default: String(DEFAULT_RUNS) },
      },
    }).values;
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}
