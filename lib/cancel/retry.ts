import { fullJitter } from '../limits/backoff.ts';
import type { RetryCause } from '../limits/retry-budget.ts';
import type { Attempt, Verdict } from './vod-port.ts';

/** Verdicts that another attempt may change. An undocumented answer is never retried. */
const CAUSES: Readonly<Partial<Record<Verdict, RetryCause>>> = {
  throttled: 'throttling',
  vod_internal: 'fault',
  unreachable: 'fault',
  lost: 'fault',
};

/**
 * VOD's limit is per minute. After a throttled call without Retry-After, a shorter wait would only be throttled again.
 */
const THROTTLED_MIN_MS = 1_000;
const THROTTLED_MAX_MS = 2_000;

/** The wait before another attempt. */
interface Retry {
  readonly cause: RetryCause;
  readonly waitMs: number;
}

/**
 * Decides whether another attempt may help, and how long to wait before it.
 *
 * @param attempts - the attempts so far, at least one
 * @param random - returns a number from 0 to 1, excluding 1
 */
export function nextRetry(attempts: readonly Attempt[], random: () => number): Retry | undefined {
  const last = attempts.at(-1);
  const cause = last && CAUSES[last.verdict];
  if (last === undefined || cause === undefined) return undefined;
  const { retryAfterMs } = last;
  if (cause === 'throttling' && retryAfterMs === undefined) {
    const withoutRetryAfter = attempts.filter(
      (attempt) => attempt.verdict === 'throttled' && attempt.retryAfterMs === undefined,
    );
    if (withoutRetryAfter.length > 1) return undefined;
    return { cause, waitMs: THROTTLED_MIN_MS + random() * (THROTTLED_MAX_MS - THROTTLED_MIN_MS) };
  }
  // Retry-After is authoritative if it is given. The jitter separates callers that got the same value.
  return { cause, waitMs: (retryAfterMs ?? 0) + fullJitter(attempts.length, random) };
}
