import { type CancelContext, cancelQueuedTranscode } from '../../lib/cancel/cancel.ts';
import { isDone } from '../../lib/cancel/outcome.ts';
import { REASONS } from '../../lib/cancel/reasons.ts';
import { fullJitter } from '../../lib/limits/backoff.ts';
import { deadlineOf } from '../../lib/limits/deadline.ts';
import { KeyGuard } from '../../lib/limits/key-guard.ts';
import { Pacer } from '../../lib/limits/pacer.ts';
import { RetryBudget } from '../../lib/limits/retry-budget.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { VodModel } from './vod-model.ts';

/** One invocation of an instance: handles assets until its time is up. */
export interface InvocationContext {
  readonly time: VirtualTime;
  readonly vod: VodModel;
  readonly random: () => number;
  /** Time left at the beginning, in milliseconds. */
  readonly remainingMs: number;
}

/** Makes the code of one instance, with the state it keeps between invocations. */
export type Way = (time: VirtualTime) => (context: InvocationContext) => (assetId: string) => Promise<boolean>;

const RESERVE_MS = 300;
const MAX_ATTEMPTS = 3;

/**
 * The function's own code: its pace, its retries, its budget and its guard of the key, with nothing but the clock and
 * VOD exchanged.
 *
 * @param callsPerMinute - the setting `VOD_CALLS_PER_MINUTE`
 */
export const paced =
  (callsPerMinute: number): Way =>
  (time) => {
    // Only the waits for a key's turn go by the real clock. They end when the first call of an instance is answered.
    const limits = { pacer: new Pacer(time.now), keys: new KeyGuard(time.now), budget: new RetryBudget() };
    return ({ vod, random, remainingMs }) => {
      const startedAt = time.now();
      const context: CancelContext = {
        vod,
        keyId: 'the only key',
        deadline: deadlineOf(remainingMs, RESERVE_MS, () => time.now() - startedAt),
        attemptTimeoutMs: 3_000,
        maxAttempts: MAX_ATTEMPTS,
        callsPerMinute,
        limits,
        random,
        sleep: time.sleep,
      };
      return async (assetId) => {
        const { reason } = await cancelQueuedTranscode(assetId, context);
        return isDone(REASONS[reason].outcome);
      };
    };
  };

/** What is usually written: as many attempts, exponential backoff with full jitter, and nothing else. */
export const plain: Way =
  () =>
  ({ time, vod, random, remainingMs }) => {
    const endsAt = time.now() + remainingMs - RESERVE_MS;
    return async (assetId) => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS && time.now() < endsAt; attempt += 1) {
        const { verdict } = await vod.cancel(assetId);
        if (verdict !== 'throttled') return true;
        if (attempt < MAX_ATTEMPTS) await time.sleep(fullJitter(attempt, random));
      }
      return false;
    };
  };
