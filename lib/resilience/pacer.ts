const MINUTE_MS = 60_000;

/** For how long a throttled process goes at half its pace. */
const SLOW_MS = 60_000;

/** Leave to make a call: at once when `waitMs` is 0; or none, as the next slot comes too late. */
export type Slot =
  | { readonly granted: true; readonly waitMs: number }
  | { readonly granted: false; readonly waitMs: number };

/**
 * Keeps the calls of one process within a rate. It is the generic cell rate algorithm (ITU-T I.371, Annex A): a bucket
 * that holds one minute's worth of calls, as one number. Slots are handed out in the order in which they are asked for.
 */
export class Pacer {
  readonly #now: () => number;
  /** When the bucket will be full again: the theoretical arrival time. */
  #fullAt = Number.NEGATIVE_INFINITY;
  #slowUntil = Number.NEGATIVE_INFINITY;

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Asks for the next slot and, where it comes soon enough, takes it.
   *
   * @param perMinute - the pace, calls a minute
   * @param maxWaitMs - how long the caller can wait for it
   */
  take(perMinute: number, maxWaitMs: number): Slot {
    const now = this.#now();
    const interval = (MINUTE_MS / perMinute) * (now < this.#slowUntil ? 2 : 1);
    const fullAt = Math.max(this.#fullAt, now);
    const waitMs = Math.max(0, fullAt + interval - MINUTE_MS - now);
    if (waitMs > maxWaitMs) return { granted: false, waitMs };
    this.#fullAt = fullAt + interval;
    return { granted: true, waitMs };
  }

  /** A call was throttled: for a minute calls count twice, for those that were refused count at the other end too. */
  slowDown(): void {
    this.#slowUntil = this.#now() + SLOW_MS;
  }
}
