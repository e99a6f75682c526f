import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { BenchOptions } from './options.ts';
import { format } from './table.ts';

/**
 * Describes the machine and the run, without anything that identifies the machine's owner. Call it before the bench, so
 * that the load is not the bench's own.
 *
 * @returns lines of text
 */
export function describeMachine(now: Date, { coldRuns, warmRuns, warm }: BenchOptions): string[] {
  const processors = cpus();
  const calls = [
    `${format(warm.warmUp, 0)} that are not counted`,
    `${format(warm.sequential, 0)} one after the other`,
    `${format(warm.concurrent, 0)} with 10 in flight, as many with 50`,
  ];
  return [
    `Date: ${now.toISOString().slice(0, 10)}`,
    `Processor: ${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`,
    `Memory: ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `System: ${type()} ${release().split('-')[0]}, ${process.arch}`,
    `Load before the run: ${format(loadavg()[0] ?? 0, 2)}`,
    `Node: ${process.version}`,
    `Rounds: ${coldRuns} cold, ${warmRuns} warm`,
    `Calls of a warm run: ${calls.join('; ')}`,
  ];
}
