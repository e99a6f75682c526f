import type { Deadline } from '../limits/deadline.ts';
import type { KeyVerdict, Turn } from '../limits/key-guard.ts';
import type { SlotOutcome } from '../limits/pacer.ts';
import type { ProcessLimits } from '../limits/process-limits.ts';
import { monotonicMs } from '../time.ts';
import { nextRetry } from './retry.ts';
import { type Attempt, type CallFacts, isAnswered, type KeyedVod, type VodCall } from './vod-port.ts';
import { Waits } from './waits.ts';

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

/** How long a call can still wait to be started, in milliseconds; negative where it is too late for one. */
export const spareMs = ({ deadline }: Pick<CancelContext, 'deadline'>): number => deadline.timeLeft() - MIN_CALL_MS;

/** What one cancel works with. */
export interface CancelContext extends KeyedVod {
  readonly deadline: Deadline;
  /** One call to VOD, from connect to the last byte, in milliseconds. */
  readonly attemptTimeoutMs: number;
  /** The first attempt included. */
  readonly maxAttempts: number;
  readonly callsPerMinute: number;
  readonly limits: ProcessLimits;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told of every call to VOD once it is over; absent where nobody wants to know. */
  readonly onCall?: ((call: VodCall) => void) | undefined;
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
  /** VOD with the key of the last attempt. */
  readonly keyed: KeyedVod;
  readonly waits: Waits;
}

/** One cancel on its way. */
interface Order {
  readonly assetId: string;
  /** By the wall clock; no call begins later. */
  readonly notAfterMs: number;
  readonly made: Attempt[];
  readonly waits: Waits;
}

/**
 * Makes attempts until one decides, or until another would not help, is not affordable or could not finish. Where VOD
 * refuses the key and its secret has another one by now, the cancel goes on with that.
 *
 * @param notAfterMs - by the wall clock; no call begins later
 */
export async function makeAttempts(
  assetId: string,
  context: CancelContext,
  notAfterMs = Number.POSITIVE_INFINITY,
): Promise<Attempts> {
  const made: Attempt[] = [];
  const waits = new Waits();
  const order: Order = { assetId, notAfterMs, made, waits };
  const refusedKeys = new Set<string>();
  let keyed: KeyedVod | undefined = context;
  let attempts: Attempts = { made, keyed, waits };
  let paid: number | undefined;
  while (keyed !== undefined && made.length < context.maxAttempts) {
    const step = await attemptOnce(order, keyed, context);
    if (isAttempt(step)) made.push(step);
    attempts = isAttempt(step) ? { made, keyed, waits } : { made, keyed, waits, barrier: step };
    if (isKeyRefused(step)) {
      keyed = await successorOf(keyed, refusedKeys, context);
      continue;
    }
    const cost = isAttempt(step) ? await waitForRetry(order, context) : undefined;
    if (cost === undefined) break;
    paid = cost;
  }
  if (DECIDED.has(made.at(-1)?.verdict)) context.limits.budget.refund(paid);
  return attempts;
}

const isAttempt = (step: Attempt | Barrier): step is Attempt => 'verdict' in step;

/** VOD is well when it decides, whatever it decides. */
const DECIDED: ReadonlySet<Attempt['verdict'] | undefined> = new Set(['cancelled', 'not_queued', 'not_found']);

/** @returns what the retry was paid with; undefined where there is none */
async function waitForRetry({ made, notAfterMs, waits }: Order, context: CancelContext): Promise<number | undefined> {
  const retry = made.length < context.maxAttempts ? nextRetry(made, context.random) : undefined;
  if (retry === undefined || retry.waitMs > spareMs(context) || Date.now() + retry.waitMs > notAfterMs)
    return undefined;
  const paid = context.limits.budget.pay(retry.cause);
  if (paid !== undefined) await waits.during(context.sleep(retry.waitMs));
  return paid;
}

/** This call was refused for its key, or an earlier one was and the key still pauses. */
function isKeyRefused(step: Attempt | Barrier): boolean {
  return isAttempt(step) ? step.verdict === 'refused' && step.guarded === true : step.reason === 'key_paused';
}

/** @returns VOD with a key that this cancel has not met refused; undefined where there is none */
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

/** Waits for its turn with the key and then makes one call. A turn that does not hold is waited for again. */
async function attemptOnce(order: Order, keyed: KeyedVod, context: CancelContext): Promise<Attempt | Barrier> {
  for (;;) {
    if (Date.now() > order.notAfterMs) return { reason: 'expired' };
    if (spareMs(context) < 0) return { reason: 'deadline' };
    const entry = await order.waits.during(context.limits.keys.enter(keyed.keyId, spareMs(context)));
    if (entry.kind === 'too_late') return { reason: 'deadline' };
    if (entry.kind === 'paused') return { reason: 'key_paused', retryAfterMs: entry.pausedMs };
    const step = await attemptInTurn(entry, order, keyed, context);
    if (step !== 'ask_again') return step;
  }
}

/**
 * Waits for a slot of the pace, asks for key and slot once more, and makes one call.
 *
 * @returns `ask_again` where the key or the slot was lost while the slot was waited for
 */
async function attemptInTurn(
  turn: Turn,
  { assetId, notAfterMs, made, waits }: Order,
  { vod }: KeyedVod,
  context: CancelContext,
): Promise<Attempt | Barrier | 'ask_again'> {
  let attempt: Attempt | undefined;
  let outcome: SlotOutcome = 'unused';
  const slot = await waits.during(context.limits.pacer.enter(context.callsPerMinute, spareMs(context)));
  try {
    if (slot.kind === 'too_late') return { reason: 'pace_limit', retryAfterMs: slot.waitMs };
    if (Date.now() > notAfterMs) return { reason: 'expired' };
    const timeoutMs = callTimeout(context);
    if (timeoutMs === undefined) return { reason: 'deadline' };
    if (!turn.depart()) return 'ask_again';
    outcome = 'lost';
    attempt = await vod.cancel(
      assetId,
      timeoutMs,
      teller(context, { call: 'cancel', assetId, attempt: made.length + 1 }, waits),
    );
    outcome = slotOutcomeOf(attempt);
    return attempt;
  } finally {
    if (slot.kind === 'slot') slot.settle(outcome, attempt?.retryAfterMs);
    turn.leave(keyVerdictOf(attempt));
  }
}

function slotOutcomeOf(attempt: Attempt): SlotOutcome {
  if (attempt.verdict === 'throttled') return 'refused';
  // An internal error may come from in front of the limit, so it says no more than a lost answer.
  return isAnswered(attempt) && attempt.verdict !== 'internal' ? 'admitted' : 'lost';
}

function keyVerdictOf(attempt: Attempt | undefined): KeyVerdict {
  if (attempt?.guarded) return 'refused';
  return attempt?.keyAccepted ? 'accepted' : 'unsettled';
}

/**
 * Puts the facts of the call that begins now together with what is known of it here.
 *
 * @returns undefined where nobody wants to know
 */
export function teller(
  { onCall }: Pick<CancelContext, 'onCall'>,
  call: Pick<VodCall, 'call' | 'assetId' | 'attempt'>,
  waits: Waits,
): ((facts: CallFacts) => void) | undefined {
  if (onCall === undefined) return undefined;
  const startedAt = monotonicMs();
  const waitedMs = waits.takeMs();
  return (facts) => onCall({ ...call, ...facts, waitedMs, durationMs: monotonicMs() - startedAt });
}
