import { type Goodput, type Scenario, simulate } from './simulate.ts';
import { paced, plain } from './way.ts';

/** A row of the tables: so many instances, each at such a pace; without one, plain exponential retries. */
export interface Run {
  readonly instances: number;
  readonly callsPerMinute: number | undefined;
  readonly redelivers: Scenario['redelivers'];
}

/** What all instances together may ask for: the rest of VOD's 100 is for retries and for whatever else the tenant runs. */
export const RECOMMENDED_TOTAL = 80;

/** The default of `VOD_CALLS_PER_MINUTE`. */
export const DEFAULT_PACE = 40;

const INSTANCES = [1, 2, 5, 20] as const;

const UPLOADS = 5_000;

const recommended = (instances: number): number => Math.floor(RECOMMENDED_TOTAL / instances);

/** For each number of instances: the recommended pace, the default one where it is another, and plain retries. */
export const MESSAGE_RUNS: readonly Run[] = INSTANCES.flatMap((instances) =>
  [...new Set([recommended(instances), DEFAULT_PACE, undefined])].map((callsPerMinute) => ({
    instances,
    callsPerMinute,
    redelivers: 'messages' as const,
  })),
);

/** For sources that take back whole events only. */
export const EVENT_RUNS: readonly Run[] = INSTANCES.map((instances) => ({
  instances,
  callsPerMinute: recommended(instances),
  redelivers: 'events',
}));

/** A row with its figures. */
export interface Result extends Run, Goodput {}

/** @param uploads - fewer for a quick look */
export async function play(run: Run, uploads: number = UPLOADS): Promise<Result> {
  const { instances, redelivers, callsPerMinute } = run;
  const way = callsPerMinute === undefined ? plain : paced(callsPerMinute);
  return { ...run, ...(await simulate({ uploads, instances, way, redelivers, seed: 1 })) };
}
