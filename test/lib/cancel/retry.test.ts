import { describe, expect, it } from 'vitest';
import { nextRetry } from '../../../lib/cancel/retry.ts';
import type { Attempt, Verdict } from '../../../lib/cancel/vod-port.ts';

const attempt = (verdict: Verdict, retryAfterMs?: number): Attempt => ({ verdict, retryAfterMs });

const THROTTLED = attempt('throttled');
const THROTTLED_4_S = attempt('throttled', 4_000);
const INTERNAL = attempt('vod_internal');

describe('the retry after the attempts so far', () => {
  /** The least and the longest wait, in milliseconds. */
  const rows: readonly (readonly [string, readonly Attempt[], string, number, number])[] = [
    ['an internal error', [INTERNAL], 'fault', 0, 100],
    ['a lost answer', [attempt('lost')], 'fault', 0, 100],
    ['no connection', [attempt('unreachable')], 'fault', 0, 100],
    ['two internal errors', [INTERNAL, INTERNAL], 'fault', 0, 200],
    ['an internal error with Retry-After', [attempt('vod_internal', 4_000)], 'fault', 4_000, 4_100],
    ['throttling', [THROTTLED], 'throttling', 1_000, 2_000],
    ['throttling with Retry-After', [THROTTLED_4_S], 'throttling', 4_000, 4_100],
    ['throttling with Retry-After, twice', [THROTTLED_4_S, THROTTLED_4_S], 'throttling', 4_000, 4_200],
    ['throttling after an internal error', [INTERNAL, THROTTLED], 'throttling', 1_000, 2_000],
    ['throttling after throttling with Retry-After', [THROTTLED_4_S, THROTTLED], 'throttling', 1_000, 2_000],
    ['throttling with Retry-After after some without', [THROTTLED, THROTTLED_4_S], 'throttling', 4_000, 4_200],
  ];

  it.each(rows)('%s', (_, attempts, cause, leastMs, longestMs) => {
    expect(nextRetry(attempts, () => 0)).toEqual({ cause, waitMs: leastMs });
    expect(nextRetry(attempts, () => 1)).toEqual({ cause, waitMs: longestMs });
  });
});

describe('there is no retry after', () => {
  const decided = (
    ['cancelled', 'not_queued', 'not_found', 'refused', 'vod_error', 'undocumented', 'untrusted'] as const
  ).map((verdict) => [verdict, [attempt(verdict)]] as const);

  it.each<readonly [string, readonly Attempt[]]>([
    ...decided,
    ['an undocumented answer that a new request may change', [attempt('undocumented_retryable')]],
    ['throttling without Retry-After for the second time', [THROTTLED, THROTTLED]],
    [
      'throttling without Retry-After for the second time, with another answer between',
      [THROTTLED, INTERNAL, THROTTLED],
    ],
    ['no attempt', []],
  ])('%s', (_, attempts) => {
    expect(nextRetry(attempts, () => 0)).toBeUndefined();
  });
});
