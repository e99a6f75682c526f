import { fullJitter } from '../limits/backoff.ts';
import type { RetryCause } from '../limits/retry-budget.ts';
import type { Attempt, Verdict } from './vod-port.ts';

/** Verdicts that another attempt may change; never an undocumented answer. */
const CAUSES: Readonly<Partial<Record<Verdict, RetryCause>>> = {
  throttled: 'throttling',
  internal: 'fault',
  unreachable: 'fault',
  lost: 'fault',
};

/** VOD's limit is per minute, so a short wait after "too many" that says no more would only be refused again. */
const THROTTLED_MIN_MS = 1_000;
const THROTTLED_MAX_MS = 2_000;

/** What comes before another attempt. */
export interface Retry {
  readonly cause: RetryCause;
  readonly waitMs: number;
}

/**
 * Whether another attempt may help, and how long to wait for it.
 *
 * @param attempts - those made so far, at least one
 * @param random - a number from 0 to 1
 */
export function nextRetry(attempts: readonly Attempt[], random: () => number): Retry | undefined {
  const last = attempts.at(-1);
  const cause = last && CAUSES[last.verdict];
  if (last === undefined || cause === undefined) return undefined;
  const { retryAfterMs } = last;
  if (cause === 'throttling' && retryAfterMs === undefined) {
    const mute = attempts.filter((attempt) => attempt.verdict === 'throttled' && attempt.retryAfterMs === undefined);
    if (mute.length > 1) return undefined;
    return { cause, waitMs: THROTTLED_MIN_MS + random() * (THROTTLED_MAX_MS - THROTTLED_MIN_MS) };
  }
  // Retry-After is authoritative where it is given; the jitter on top keeps those apart who were given the same.
  return { cause, waitMs: (retryAfterMs ?? 0) + fullJitter(attempts.length, random) };
}
