const MINUTE_MS = 60_000;

/** For how long a throttled process goes at half its pace; one that is throttled still halves it again. */
const SLOW_MS = 60_000;

/** Slower than this no process goes: enough for some hundred that share a limit and know nothing of each other. */
const MAX_SLOWNESS = 64;

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
  /** How many calls of its pace one call counts for. */
  #slowness = 1;
  #easesAt = Number.NEGATIVE_INFINITY;
  #halvesAgainAt = Number.NEGATIVE_INFINITY;

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
    this.#ease(now);
    const interval = (MINUTE_MS / perMinute) * this.#slowness;
    const fullAt = Math.max(this.#fullAt, now);
    // However slow it goes, the bucket holds one call.
    const waitMs = Math.max(0, fullAt + interval - Math.max(MINUTE_MS, interval) - now);
    if (waitMs > maxWaitMs) return { granted: false, waitMs };
    this.#fullAt = fullAt + interval;
    return { granted: true, waitMs };
  }

  /**
   * A call was throttled: from now on calls count twice, for those that were refused count at the other end too. It
   * halves the pace once a minute, however many calls on the wire are refused together, and each minute without a
   * refusal takes one halving back.
   */
  slowDown(): void {
    const now = this.#now();
    this.#ease(now);
    if (now >= this.#halvesAgainAt) {
      this.#slowness = Math.min(MAX_SLOWNESS, this.#slowness * 2);
      this.#halvesAgainAt = now + SLOW_MS;
    }
    this.#easesAt = now + SLOW_MS;
  }

  #ease(now: number): void {
    while (this.#slowness > 1 && now >= this.#easesAt) {
      this.#slowness /= 2;
      this.#easesAt += SLOW_MS;
    }
  }
}
