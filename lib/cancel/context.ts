import type { Deadline } from '../limits/deadline.ts';
import type { ProcessLimits } from '../limits/process-limits.ts';
import { monotonicMs } from '../time.ts';
import type { CallFacts, KeyedVod, VodCall } from './vod-port.ts';
import type { Waits } from './waits.ts';

/** Everything that one cancel needs. */
export interface CancelContext {
  /** VOD with the key of the first attempt. */
  readonly keyed: KeyedVod;
  readonly deadline: Deadline;
  /** One call to VOD, from connect to the last byte, in milliseconds. */
  readonly attemptTimeoutMs: number;
  /** The first attempt included. */
  readonly maxAttempts: number;
  readonly callsPerMinute: number;
  readonly limits: ProcessLimits;
  /** Returns a number from 0 to 1, excluding 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Is called after every call to VOD; undefined if calls are not logged. */
  readonly onCall?: ((call: VodCall) => void) | undefined;
}

/** A call with less time than this would probably not finish, so it is not started. */
export const MIN_CALL_MS = 250;

/** Time kept to conclude, log and answer after a call that used all its time, and for a timer that fires late. */
const ANSWER_MS = 20;

/**
 * Returns how long a call that starts now may take.
 *
 * @returns milliseconds, at most `attemptTimeoutMs`; undefined if it must not start any more
 */
export function callTimeout({
  deadline,
  attemptTimeoutMs,
}: Pick<CancelContext, 'deadline' | 'attemptTimeoutMs'>): number | undefined {
  const timeLeft = deadline.timeLeft();
  return timeLeft < MIN_CALL_MS ? undefined : Math.min(attemptTimeoutMs, timeLeft - ANSWER_MS);
}

/** Returns how long a call can still wait before it starts, in milliseconds; negative if it is too late for a call. */
export const spareMs = ({ deadline }: Pick<CancelContext, 'deadline'>): number => deadline.timeLeft() - MIN_CALL_MS;

/**
 * Returns what reports the call that begins now, with its duration and its wait.
 *
 * @returns undefined if calls are not logged
 */
export function callReporter(
  { onCall }: Pick<CancelContext, 'onCall'>,
  call: Pick<VodCall, 'call' | 'assetId' | 'attempt'>,
  waits: Waits,
): ((facts: CallFacts) => void) | undefined {
  if (onCall === undefined) return undefined;
  const startedAt = monotonicMs();
  const waitedMs = waits.takeMs();
  return (facts) => onCall({ ...call, ...facts, waitedMs, durationMs: monotonicMs() - startedAt });
}
