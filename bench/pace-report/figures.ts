import { MINUTE_MS, type Outcome } from '../pace/simulate.ts';
import { LIMIT } from '../pace/vod.ts';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of VOD's limit that all callers used, from `fromMs` until 90 % are cancelled, in per cent. */
export function share({ calls, cancelledAt, uploads }: Outcome, fromMs: number): number {
  const until = cancelledAt[Math.ceil(uploads * 0.9) - 1] ?? Number.POSITIVE_INFINITY;
  const admitted = calls.filter(({ at, admitted }) => admitted && at >= fromMs && at <= until);
  return (100 * admitted.length) / (LIMIT * ((until - fromMs) / MINUTE_MS));
}

/** Calls of the functions for each cancel, including refused calls. */
export const callsPerCancel = (outcomes: readonly Outcome[]): number =>
  mean(outcomes.map(({ ownCalls, cancelledAt }) => ownCalls / cancelledAt.length));

/** Jain's index of fairness of the calls admitted in the minute before `atMs`: 1 if each instance had the same number. */
export function fairness({ calls }: Outcome, names: readonly string[], atMs: number): number {
  const recent = calls.filter(({ at, admitted }) => admitted && at >= atMs - MINUTE_MS && at < atMs);
  const counts = names.map((name) => recent.filter(({ from }) => from === name).length);
  return mean(counts) ** 2 / mean(counts.map((count) => count ** 2));
}
