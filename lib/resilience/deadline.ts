/** The moment by which an answer must be out. */
export interface Deadline {
  /** Milliseconds until then; negative once it has passed, `Infinity` where the host sets none. */
  timeLeft(): number;
}

/**
 * Fixes the moment by which the answer must be out: `reserveMs` before the host's own deadline.
 *
 * @param remainingMs - time the host left at the start, in milliseconds; undefined where it sets no deadline
 * @param reserveMs - how long before that the answer must be out
 * @param elapsedMs - milliseconds since the start, on a clock that never goes backwards
 */
export function deadlineOf(remainingMs: number | undefined, reserveMs: number, elapsedMs: () => number): Deadline {
  const budget = remainingMs === undefined ? Number.POSITIVE_INFINITY : remainingMs - reserveMs;
  return { timeLeft: () => budget - elapsedMs() };
}
