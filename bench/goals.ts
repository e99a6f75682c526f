import type { ContestantName } from './contestants.ts';
import type { MeasuredFigure } from './protocol.ts';
import { compare, type Results, valuesOf } from './results.ts';

/** A goal for the functions. */
export interface Goal {
  readonly title: string;
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
  readonly digits: number;
  /** One value per round, or one in all; none if it was not measured. */
  readonly values: (results: Results, name: ContestantName) => readonly number[];
}

const ratio = (figure: MeasuredFigure, to: ContestantName): Goal['values'] => {
  return (results, name) => compare(results, figure, [name, to], (left, right) => left / right);
};

/** A kB is 1,000 bytes. */
export const GOALS: readonly Goal[] = [
  {
    title: 'bundle, bytes',
    bound: 'at most',
    limit: 100_000,
    digits: 0,
    values: ({ sizes }, name) => [sizes[name]?.rawBytes ?? []].flat(),
  },
  {
    title: 'bundle, bytes after gzip -9',
    bound: 'at most',
    limit: 28_000,
    digits: 0,
    values: ({ sizes }, name) => [sizes[name]?.gzipBytes ?? []].flat(),
  },
  {
    title: 'first line to first result ÷ floor',
    bound: 'at most',
    limit: 1.4,
    digits: 2,
    values: ratio('firstResultMs', 'floor'),
  },
  {
    title: 'CPU per call at 50 in flight ÷ floor',
    bound: 'at most',
    limit: 1.5,
    digits: 2,
    values: ratio('cpuPerCall50Us', 'floor'),
  },
  {
    title: 'CPU per call at 50 in flight ÷ SDK as installed',
    bound: 'at most',
    limit: 0.42,
    digits: 2,
    values: ratio('cpuPerCall50Us', 'sdk-installed'),
  },
  {
    title: 'throughput at 50 in flight ÷ floor',
    bound: 'at least',
    limit: 0.75,
    digits: 2,
    values: ratio('perSecond50', 'floor'),
  },
  {
    title: 'handler overhead without network: refused request, p50, µs',
    bound: 'at most',
    limit: 50,
    digits: 0,
    values: (results, name) => valuesOf(results, name, 'refusedP50Us'),
  },
  {
    title: 'handler overhead without network: cancel answered at once, p50, µs',
    bound: 'at most',
    limit: 50,
    digits: 0,
    values: (results, name) => valuesOf(results, name, 'answeredP50Us'),
  },
  {
    title: 'peak RSS after 1,000 cancels ÷ floor',
    bound: 'at most',
    limit: 1.2,
    digits: 2,
    values: ratio('peakRssKb', 'floor'),
  },
];

/** Whether a value meets a goal. */
export function isReached({ bound, limit }: Goal, value: number): boolean {
  return bound === 'at most' ? value <= limit : value >= limit;
}
