/** The moment by which an answer must be out. */
export interface Deadline {
  /** Milliseconds until then; negative once it has passed. Never more than a timer can hold. */
  timeLeft(): number;
}

/** A host that sets no deadline still has a caller. No wait for a turn, a slot or another attempt is longer than this. */
const PATIENCE_MS = 300_000;

/** Node's timers hold 31 bits: a longer one ends at once, with a warning. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Fixes the moment by which the answer must be out: `reserveMs` before the host's own deadline.
 *
 * @param remainingMs - time the host left at the start, in milliseconds; undefined where it sets no deadline
 * @param reserveMs - how long before that the answer must be out
 * @param elapsedMs - milliseconds since the start, on a clock that never goes backwards
 */
export function deadlineOf(remainingMs: number | undefined, reserveMs: number, elapsedMs: () => number): Deadline {
  if (remainingMs === undefined) return { timeLeft: () => PATIENCE_MS };
  const budget = Math.min(remainingMs, LONGEST_TIMER_MS) - reserveMs;
  return { timeLeft: () => budget - elapsedMs() };
}
