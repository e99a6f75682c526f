import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { BenchOptions } from './options.ts';
import { format } from './table.ts';

/** The conditions of a run, without anything that identifies the machine's owner. */
export type Circumstances = readonly (readonly [name: string, value: string])[];

/** Describes the machine and the run. Call it before the bench, so that the load is not the bench's own. */
export function describeMachine(now: Date, { coldRuns, warmRuns, warm }: BenchOptions): Circumstances {
  const processors = cpus();
  const count = (calls: number): string => format(calls, 0);
  const calls = [
    `${count(warm.warmUp)} that are not counted`,
    `${count(warm.sequential)} one after the other`,
    `${count(warm.paused)} with a pause before each`,
    `${count(warm.concurrent)} with 10 in flight, as many with 50`,
  ];
  return [
    ['date', now.toISOString().slice(0, 10)],
    ['processor', `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`],
    ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['system', `${type()} ${release().split('-')[0]}, ${process.arch}`],
    ['load before the run', (loadavg()[0] ?? 0).toFixed(2)],
    ['Node', process.version],
    ['rounds', `${coldRuns} cold, ${warmRuns} warm`],
    ['calls of a warm run', calls.join('; ')],
  ];
}
