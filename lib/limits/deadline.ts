/** The moment at which the answer must be sent. */
export interface Deadline {
  /** Milliseconds until then; negative after it. Never more than a timer can hold. Always the same without a deadline. */
  timeLeft(): number;
}

/** On a host without a deadline, each single wait is at most this long. */
const MAX_WAIT_MS = 300_000;

/** Node's timers hold 31 bits. A longer timer fires at once, with a warning. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Returns the deadline of the answer: `reserveMs` before the host's own deadline.
 *
 * @param remainingMs - time that the host left at the start, in milliseconds; undefined if it sets no deadline
 * @param reserveMs - how long before that the answer must be sent
 * @param elapsedMs - milliseconds since the start, on a clock that never goes backwards
 */
export function deadlineOf(remainingMs: number | undefined, reserveMs: number, elapsedMs: () => number): Deadline {
  if (remainingMs === undefined) return { timeLeft: () => MAX_WAIT_MS };
  const availableMs = Math.min(remainingMs, LONGEST_TIMER_MS) - reserveMs;
  return { timeLeft: () => availableMs - elapsedMs() };
}
