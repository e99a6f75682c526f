/** How long a key is not used after a refusal: 60 s, doubling up to 15 minutes while it is refused again. */
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 15 * 60_000;

/** The doubling ends by itself this long after the last refusal. */
const DOUBLING_MS = 60 * 60_000;

/** Keys rotate and a process lives for days, so only the last accepted ones are remembered. */
const MAX_ACCEPTED = 1_000;

/**
 * What a call says of its key: VOD `accepted` it, `refused` it in a way that counts towards Huawei's lock, or neither
 * (a lost answer, a gateway's error, throttling).
 */
export type KeyVerdict = 'accepted' | 'refused' | 'unsettled';

/** Leave to make one call with a key. */
export interface Turn {
  readonly kind: 'turn';
  /**
   * Asks once more, right before the call.
   *
   * @returns false where the key was refused meanwhile: leave and enter again
   */
  depart(): boolean;
  /** Ends the turn. Call it exactly once. */
  leave(verdict: KeyVerdict): void;
}

export type Entry = Turn | { readonly kind: 'paused'; readonly pausedMs: number } | { readonly kind: 'too_late' };

/** One refusal of a key, and the pause after it. */
export interface Refusal {
  readonly at: number;
  readonly pausedUntil: number;
  /** How many refusals in a row it was, 1 for the first. */
  readonly inARow: number;
}

/** The calls that are under way with one key. */
interface Traffic {
  turns: number;
  /** Who waits for them to end, in order, because VOD has not accepted the key yet. */
  readonly waiting: Set<(entry: Entry) => void>;
}

/**
 * Five refusals in a row lock a key for five minutes (Huawei, API request signing guide). So a refused key pauses, and
 * until a key has been accepted, calls with it go out one at a time.
 *
 * A key is known by a digest: the guard never holds the key itself.
 */
export class KeyGuard {
  readonly #now: () => number;
  /** Those accepted last are at the end. */
  readonly #accepted = new Set<string>();
  /** The last refusal of each key. Those refused last are at the end. */
  readonly #refused = new Map<string, Refusal>();
  readonly #traffic = new Map<string, Traffic>();

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Waits for the turn to make a call with a key.
   *
   * @param key - a digest of the key
   * @param maxWaitMs - how long the caller can wait
   */
  async enter(key: string, maxWaitMs: number): Promise<Entry> {
    const traffic = this.#traffic.get(key) ?? { turns: 0, waiting: new Set() };
    const entry = this.#entryNow(key, traffic);
    if (entry !== undefined) return entry;
    return new Promise((resolve) => {
      const timer = setTimeout(() => admit({ kind: 'too_late' }), maxWaitMs);
      const admit = (result: Entry): void => {
        clearTimeout(timer);
        traffic.waiting.delete(admit);
        resolve(result);
      };
      traffic.waiting.add(admit);
    });
  }

  /** The last refusal of a key; undefined where it was accepted since or its doubling has ended. */
  lastRefusal(key: string): Refusal | undefined {
    for (const [oldest, { at }] of this.#refused) {
      if (this.#now() - at < DOUBLING_MS) break;
      this.#refused.delete(oldest);
    }
    return this.#refused.get(key);
  }

  /** @returns undefined where the caller has to wait */
  #entryNow(key: string, traffic: Traffic): Entry | undefined {
    const pausedMs = this.#pausedMs(key);
    if (pausedMs > 0) return { kind: 'paused', pausedMs };
    const exclusive = !this.#accepted.has(key);
    if (exclusive && traffic.turns > 0) return undefined;
    return this.#turn(key, traffic, exclusive);
  }

  #turn(key: string, traffic: Traffic, exclusive: boolean): Turn {
    let refusal = this.#refused.get(key);
    traffic.turns += 1;
    this.#traffic.set(key, traffic);
    return {
      kind: 'turn',
      depart: () => {
        refusal = this.lastRefusal(key);
        return this.#pausedMs(key) <= 0 && (exclusive || this.#accepted.has(key));
      },
      leave: (verdict) => {
        traffic.turns -= 1;
        if (verdict === 'accepted') this.#accept(key, refusal);
        if (verdict === 'refused') this.#refuse(key, refusal);
        this.#admitNext(key, traffic);
      },
    };
  }

  #admitNext(key: string, traffic: Traffic): void {
    for (const admit of traffic.waiting) {
      const entry = this.#entryNow(key, traffic);
      if (entry === undefined) return;
      admit(entry);
    }
    if (traffic.turns === 0) this.#traffic.delete(key);
  }

  #pausedMs(key: string): number {
    return (this.lastRefusal(key)?.pausedUntil ?? 0) - this.#now();
  }

  /** @param before - the last refusal when the call left: an answer to a call from before a refusal is no news */
  #accept(key: string, before: Refusal | undefined): void {
    const last = this.lastRefusal(key);
    if (last !== undefined && last !== before) return;
    this.#refused.delete(key);
    this.#accepted.delete(key);
    this.#accepted.add(key);
    for (const oldest of this.#accepted) {
      if (this.#accepted.size <= MAX_ACCEPTED) break;
      this.#accepted.delete(oldest);
    }
  }

  /** Calls that were on the wire together are refused together: that is one refusal, not several. */
  #refuse(key: string, before: Refusal | undefined): void {
    const last = this.lastRefusal(key);
    if (last !== undefined && last !== before) return;
    const at = this.#now();
    const inARow = (last?.inARow ?? 0) + 1;
    this.#accepted.delete(key);
    this.#refused.delete(key);
    this.#refused.set(key, {
      at,
      pausedUntil: at + Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (inARow - 1)),
      inARow,
    });
  }
}
