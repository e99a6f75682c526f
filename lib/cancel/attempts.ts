import type { Permit } from '../limits/key-guard.ts';
import type { SlotOutcome } from '../limits/pacer.ts';
import { type CancelContext, callReporter, callTimeout, spareMs } from './context.ts';
import { nextRetry } from './retry.ts';
import { type Attempt, isAnswered, type KeyedVod } from './vod-port.ts';
import { Waits } from './waits.ts';

/** Why no call was made. */
export interface SkipReason {
  readonly reason: 'deadline' | 'expired' | 'pace_limit' | 'key_paused';
  /** When a call is possible again, in milliseconds, where that is known. */
  readonly retryAfterMs?: number;
}

export interface Attempts {
  /** In the order they were made. */
  readonly made: readonly Attempt[];
  /** Why the next attempt was not made. */
  readonly skipped: SkipReason | undefined;
  /** VOD with the key of the last attempt. */
  readonly keyed: KeyedVod;
  readonly waits: Waits;
}

/** One cancel that is in progress. */
interface RunningCancel {
  readonly assetId: string;
  /** The last moment for a call, in milliseconds since the epoch. */
  readonly notAfterMs: number;
  readonly made: Attempt[];
  readonly waits: Waits;
}

/**
 * Makes attempts until VOD decides, or until another attempt would not help, the retry budget is empty or the time is
 * up. If VOD refuses the key and its secret holds a new one, the cancel continues with the new key.
 *
 * @param notAfterMs - the last moment for a call, in milliseconds since the epoch
 */
export async function makeAttempts(
  assetId: string,
  context: CancelContext,
  notAfterMs = Number.POSITIVE_INFINITY,
): Promise<Attempts> {
  const made: Attempt[] = [];
  const waits = new Waits();
  const cancel: RunningCancel = { assetId, notAfterMs, made, waits };
  const refusedKeys = new Set<string>();
  let { keyed } = context;
  let next: KeyedVod | undefined = keyed;
  let skipped: SkipReason | undefined;
  let payment: Payment | undefined;
  while (next !== undefined && made.length < context.maxAttempts) {
    keyed = next;
    const step = await attemptOnce(cancel, keyed, context);
    skipped = isAttempt(step) ? undefined : step;
    if (isAttempt(step)) made.push(step);
    if (needsAnotherKey(step)) {
      next = await successorOf(keyed, refusedKeys, context);
      continue;
    }
    const paid = isAttempt(step) ? await waitForRetry(cancel, context) : undefined;
    if (paid === undefined) break;
    payment = paid;
  }
  // A retry that was paid for and not made costs nothing.
  const isRetryUnused = payment?.madeBefore === made.length;
  if (isRetryUnused || HEALTHY.has(made.at(-1)?.verdict)) context.limits.budget.refund(payment?.cost);
  return { made, keyed, waits, skipped };
}

const isAttempt = (step: Attempt | SkipReason): step is Attempt => 'verdict' in step;

/** Answers which show that VOD works: they refill the budget. */
const HEALTHY: ReadonlySet<Attempt['verdict'] | undefined> = new Set(['cancelled', 'not_queued', 'not_found']);

/** What a retry cost, and how many attempts were made before it. */
interface Payment {
  readonly cost: number;
  readonly madeBefore: number;
}

/** @returns undefined if there is no retry */
async function waitForRetry(
  { made, notAfterMs, waits }: RunningCancel,
  context: CancelContext,
): Promise<Payment | undefined> {
  const retry = made.length < context.maxAttempts ? nextRetry(made, context.random) : undefined;
  if (retry === undefined || retry.waitMs > spareMs(context) || Date.now() + retry.waitMs > notAfterMs)
    return undefined;
  const cost = context.limits.budget.pay(retry.cause);
  if (cost === undefined) return undefined;
  await waits.during(context.sleep(retry.waitMs));
  return { cost, madeBefore: made.length };
}

/** Whether VOD refused the key of this call, or refused it earlier and the key is still paused. */
function needsAnotherKey(step: Attempt | SkipReason): boolean {
  return isAttempt(step) ? step.keyVerdict === 'refused' : step.reason === 'key_paused';
}

/** @returns VOD with a key that was not refused in this cancel; undefined if there is none */
async function successorOf(
  { keyId, renew }: KeyedVod,
  refusedKeys: Set<string>,
  context: CancelContext,
): Promise<KeyedVod | undefined> {
  refusedKeys.add(keyId);
  const refusal = context.limits.keys.lastRefusal(keyId);
  const successor = refusal && (await renew?.(refusal, Math.max(0, spareMs(context))));
  return successor === undefined || refusedKeys.has(successor.keyId) ? undefined : successor;
}

/** Waits for a permit of the key, then makes one call. If the permit becomes invalid, it waits for another one. */
async function attemptOnce(
  cancel: RunningCancel,
  keyed: KeyedVod,
  context: CancelContext,
): Promise<Attempt | SkipReason> {
  for (;;) {
    if (Date.now() > cancel.notAfterMs) return { reason: 'expired' };
    if (spareMs(context) < 0) return { reason: 'deadline' };
    const permit = await cancel.waits.during(context.limits.keys.acquire(keyed.keyId, spareMs(context)));
    if (permit.kind === 'too_late') return { reason: 'deadline' };
    if (permit.kind === 'paused') return { reason: 'key_paused', retryAfterMs: permit.pausedMs };
    const step = await attemptWith(permit, cancel, keyed, context);
    if (step !== 'acquire_again') return step;
  }
}

/**
 * Waits for a slot of the pace, checks the permit again, and makes one call.
 *
 * @returns `acquire_again` if the permit became invalid during the wait for the slot
 */
async function attemptWith(
  permit: Permit,
  { assetId, notAfterMs, made, waits }: RunningCancel,
  { vod }: KeyedVod,
  context: CancelContext,
): Promise<Attempt | SkipReason | 'acquire_again'> {
  let attempt: Attempt | undefined;
  let outcome: SlotOutcome = 'unused';
  const slot = await waits.during(context.limits.pacer.acquire(context.callsPerMinute, spareMs(context)));
  try {
    if (slot.kind === 'too_late') return { reason: 'pace_limit', retryAfterMs: slot.waitMs };
    if (Date.now() > notAfterMs) return { reason: 'expired' };
    const timeoutMs = callTimeout(context);
    if (timeoutMs === undefined) return { reason: 'deadline' };
    if (!permit.isStillValid()) return 'acquire_again';
    outcome = 'lost';
    attempt = await vod.cancel(
      assetId,
      timeoutMs,
      callReporter(context, { call: 'cancel', assetId, attempt: made.length + 1 }, waits),
    );
    outcome = slotOutcomeOf(attempt);
    return attempt;
  } finally {
    if (slot.kind === 'slot') slot.release(outcome, attempt?.retryAfterMs);
    permit.release(attempt?.keyVerdict ?? 'unsettled');
  }
}

function slotOutcomeOf(attempt: Attempt): SlotOutcome {
  if (attempt.verdict === 'throttled') return 'refused';
  // An internal error may come from a server before the limit, so it counts like a lost answer.
  return isAnswered(attempt) && attempt.verdict !== 'vod_internal' ? 'admitted' : 'lost';
}
