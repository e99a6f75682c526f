const MINUTE_MS = 60_000;

/** How long a throttled process goes at half its pace. One that is throttled again halves it again. */
const SLOW_MS = 60_000;

/** No process goes slower than this: enough for some hundred that share a limit and know nothing of each other. */
const MAX_SLOWNESS = 64;

/** A `Retry-After` binds the process for at least 1 s, also where it says 0, and for at most 5 minutes. */
const MIN_HOLD_MS = 1_000;
const MAX_HOLD_MS = 300_000;

/**
 * What came of a slot.
 *
 * - `admitted`: VOD answered the call, whatever it said, and did not throttle it
 * - `refused`: VOD throttled the call
 * - `lost`: no answer came. The call may have reached VOD, so it counts as made
 * - `unused`: no call was made
 */
export type SlotOutcome = 'admitted' | 'refused' | 'lost' | 'unused';

/** Leave to make one call. */
export interface Slot {
  readonly granted: true;
  /** How long to wait before the call, in milliseconds. */
  readonly waitMs: number;
  /**
   * Asks once more, right before the call.
   *
   * @returns false where a refusal came meanwhile: give the slot back as `unused` and ask the pacer for another
   */
  depart(): boolean;
  /**
   * Gives the slot back. Call it exactly once.
   *
   * @param retryAfterMs - VOD's `Retry-After`, in milliseconds: no call leaves before it has passed
   */
  settle(outcome: SlotOutcome, retryAfterMs?: number): void;
}

/** No slot comes soon enough. The next one is `waitMs` milliseconds away. */
export interface NoSlot {
  readonly granted: false;
  readonly waitMs: number;
}

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
  #heldUntil = Number.NEGATIVE_INFINITY;
  /** Grows with each refusal, which voids the slots that are waited for. */
  #refusals = 0;

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Asks for the next slot and takes it if it comes soon enough.
   *
   * @param perMinute - the pace, calls a minute
   * @param maxWaitMs - how long the caller can wait for it
   */
  take(perMinute: number, maxWaitMs: number): Slot | NoSlot {
    const now = this.#now();
    this.#ease(now);
    const interval = (MINUTE_MS / perMinute) * this.#slowness;
    const fullAt = Math.max(this.#fullAt, now);
    // However slow it goes, the bucket holds one call.
    const slotAt = fullAt + interval - Math.max(MINUTE_MS, interval);
    const waitMs = Math.max(0, slotAt - now, this.#heldUntil - now);
    if (waitMs > maxWaitMs) return { granted: false, waitMs };
    this.#fullAt = fullAt + interval;
    return this.#slot(waitMs, interval);
  }

  #slot(waitMs: number, interval: number): Slot {
    const refusals = this.#refusals;
    return {
      granted: true,
      waitMs,
      depart: () => refusals === this.#refusals,
      settle: (outcome, retryAfterMs) => {
        if (outcome === 'unused') this.#fullAt -= interval;
        if (retryAfterMs !== undefined) this.#hold(retryAfterMs);
        else if (outcome === 'refused') this.#slowDown();
      },
    };
  }

  #hold(ms: number): void {
    const until = this.#now() + Math.min(MAX_HOLD_MS, Math.max(MIN_HOLD_MS, ms));
    this.#heldUntil = Math.max(this.#heldUntil, until);
    this.#refusals += 1;
  }

  /**
   * From now on calls count twice: those that were refused count at the other end too. It halves the pace once a
   * minute, however many calls on the wire are refused together. Each minute without a refusal takes one halving back.
   */
  #slowDown(): void {
    const now = this.#now();
    this.#ease(now);
    if (now >= this.#halvesAgainAt) {
      this.#slowness = Math.min(MAX_SLOWNESS, this.#slowness * 2);
      this.#halvesAgainAt = now + SLOW_MS;
    }
    this.#easesAt = now + SLOW_MS;
    this.#refusals += 1;
  }

  #ease(now: number): void {
    while (this.#slowness > 1 && now >= this.#easesAt) {
      this.#slowness /= 2;
      this.#easesAt += SLOW_MS;
    }
  }
}
