import type { Deadline } from '../resilience/deadline.ts';
import type { KeyVerdict } from '../resilience/key-guard.ts';
import type { SharedLimits } from '../resilience/shared.ts';
import { nextRetry, type Retry } from './retry.ts';
import type { Attempt, VodPort } from './vod-port.ts';

/** A call that has less time than this could hardly finish, so it is not started. */
export const MIN_CALL_MS = 250;

/** What is left for concluding, logging and answering when a call has used up its time, and for a timer that is late. */
const ANSWER_MS = 20;

/**
 * How long a call that starts now may take.
 *
 * @returns milliseconds, at most `attemptTimeoutMs`; undefined where it should not be started any more
 */
export function callTimeout({ deadline, attemptTimeoutMs }: Pick<CancelContext, 'deadline' | 'attemptTimeoutMs'>) {
  const timeLeft = deadline.timeLeft();
  return timeLeft < MIN_CALL_MS ? undefined : Math.min(attemptTimeoutMs, timeLeft - ANSWER_MS);
}

/** A host without a deadline still has a caller: longer than this nobody waits for another attempt. */
const MAX_WAIT_MS = 60_000;

/** What one cancel works with. */
export interface CancelContext {
  readonly vod: VodPort;
  /** Tells the key that `vod` signs with from any other. */
  readonly keyId: string;
  readonly deadline: Deadline;
  /** One call to VOD, from connect to the last byte, in milliseconds. */
  readonly attemptTimeoutMs: number;
  /** The first attempt included. */
  readonly maxAttempts: number;
  readonly callsPerMinute: number;
  readonly limits: SharedLimits;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Why no call could be made. */
export type Barrier =
  | { readonly reason: 'deadline' | 'expired' }
  | { readonly reason: 'pace_limit' | 'key_paused'; readonly retryAfterMs: number };

export interface Attempts {
  /** In the order they were made. */
  readonly made: readonly Attempt[];
  /** What kept the next one from being made. */
  readonly barrier?: Barrier;
}

/**
 * Makes attempts until one decides, or until another would not help, is not affordable or could not finish.
 *
 * @param notAfterMs - by the wall clock; no call begins later
 */
export async function makeAttempts(
  assetId: string,
  context: CancelContext,
  notAfterMs = Number.POSITIVE_INFINITY,
): Promise<Attempts> {
  const made: Attempt[] = [];
  let paid: number | undefined;
  while (made.length < context.maxAttempts) {
    const attempt = await attemptOnce(assetId, context, notAfterMs);
    if (!('verdict' in attempt)) return { made, barrier: attempt };
    made.push(attempt);
    const retry = made.length < context.maxAttempts ? nextRetry(made, context.random) : undefined;
    if (retry === undefined || !canWait(retry, context) || Date.now() + retry.waitMs > notAfterMs) break;
    paid = context.limits.budget.pay(retry.cause);
    if (paid === undefined) break;
    await context.sleep(retry.waitMs);
  }
  if (DECIDED.has(made.at(-1)?.verdict)) context.limits.budget.refund(paid);
  return { made };
}

/** VOD is well when it decides, whatever it decides. */
const DECIDED: ReadonlySet<Attempt['verdict'] | undefined> = new Set(['cancelled', 'not_queued', 'not_found']);

const canWait = ({ waitMs }: Retry, { deadline }: CancelContext): boolean =>
  waitMs <= MAX_WAIT_MS && deadline.timeLeft() - waitMs >= MIN_CALL_MS;

/** Waits for its turn with the key, then for a slot of the pace, and makes one call. */
async function attemptOnce(assetId: string, context: CancelContext, notAfterMs: number): Promise<Attempt | Barrier> {
  const { deadline, keyId, limits } = context;
  const isExpired = (): boolean => Date.now() > notAfterMs;
  if (isExpired()) return { reason: 'expired' };
  const spareMs = (): number => deadline.timeLeft() - MIN_CALL_MS;
  if (spareMs() < 0) return { reason: 'deadline' };
  const entry = await limits.keys.enter(keyId, spareMs());
  if (entry.kind === 'too_late') return { reason: 'deadline' };
  if (entry.kind === 'paused') return { reason: 'key_paused', retryAfterMs: entry.pausedMs };
  let verdict: KeyVerdict = 'unanswered';
  try {
    const slot = limits.pacer.take(context.callsPerMinute, spareMs());
    if (!slot.granted) return { reason: 'pace_limit', retryAfterMs: slot.waitMs };
    if (slot.waitMs > 0) await context.sleep(slot.waitMs);
    if (isExpired()) return { reason: 'expired' };
    const timeoutMs = callTimeout(context);
    if (timeoutMs === undefined) return { reason: 'deadline' };
    const attempt = await context.vod.cancel(assetId, timeoutMs);
    if (attempt.verdict === 'throttled') limits.pacer.slowDown();
    verdict = keyVerdictOf(attempt);
    return attempt;
  } finally {
    entry.leave(verdict);
  }
}

function keyVerdictOf({ verdict, guarded }: Attempt): KeyVerdict {
  if (guarded) return 'refused';
  return verdict === 'lost' || verdict === 'unreachable' ? 'unanswered' : 'accepted';
}
