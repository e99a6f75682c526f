import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SoakPlan, SoakSample } from './plan.ts';
import { startSoakVod } from './vod.ts';

/** Invocations under way at once: more than a pool of connections is likely to get, fewer than would only queue. */
const SOAK_AT_ONCE = 20;

export interface SoakOptions {
  /** A multiple of the samples. */
  readonly invocations: number;
  readonly samples: number;
  readonly onSample?: (sample: SoakSample) => void;
}

/**
 * Runs both functions over and over in one process of their own, against a VOD in this one.
 *
 * @returns what the process held after each part of the run, oldest first
 */
export async function soak({ invocations, samples, onSample }: SoakOptions): Promise<readonly SoakSample[]> {
  const { vod, plan } = await startSoakVod();
  const taken: SoakSample[] = [];
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { PATH: process.env['PATH'] },
  });
  try {
    child.on('message', (sample: SoakSample) => {
      taken.push(sample);
      onSample?.(sample);
      vod.resetCalls();
      child.send('go on');
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.send({ ...plan, invocations, samples, atOnce: SOAK_AT_ONCE } satisfies SoakPlan);
    const [status] = await exited;
    if (status !== 0) throw new Error(`the process that was soaked ended with status ${status}`);
    return taken;
  } finally {
    child.kill();
    await vod.close();
  }
}

/** Each of the two functions has a pool of its own, and a pool keeps no more than were needed at once. */
export const MAX_SOCKETS = 2 * SOAK_AT_ONCE;

/** How much a process grew between the middle of a run and its end. */
export interface Growth {
  /** Of the heap, for each invocation of the second half. */
  readonly bytesPerInvocation: number;
  /** The most that were ever open at rest. */
  readonly sockets: number;
  readonly timers: number;
  readonly others: number;
}

/**
 * Compares the end of a run with its middle: by then a process has compiled and cached what it ever will, and what
 * still grows does so with every invocation.
 */
export function growthOf(samples: readonly SoakSample[]): Growth {
  const middle = samples[Math.floor((samples.length - 1) / 2)];
  const end = samples.at(-1);
  if (middle === undefined || end === undefined || middle === end) throw new Error('growth needs two samples');
  return {
    bytesPerInvocation: (end.heapBytes - middle.heapBytes) / (end.invocations - middle.invocations),
    sockets: Math.max(...samples.map(({ sockets }) => sockets)),
    timers: end.timers - middle.timers,
    others: end.others - middle.others,
  };
}
