/** How long a key is not used after a refusal: 60 s, doubled by each further refusal, up to 15 minutes. */
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 15 * 60_000;

/** The doubling ends this long after the last refusal. */
const DOUBLING_MS = 60 * 60_000;

/** Keys rotate and a process lives for days, so only the keys accepted last are remembered. */
const MAX_ACCEPTED = 1_000;

/**
 * What a call shows about its key: VOD `accepted` it, VOD `refused` it in a way that counts towards Huawei's lock, or
 * neither (a lost answer, an error of a gateway, throttling).
 */
export type KeyVerdict = 'accepted' | 'refused' | 'unsettled';

/** Permission to make one call with a key. */
export interface Permit {
  readonly kind: 'permit';
  /**
   * Checks the permit again. Call it right before the call to VOD.
   *
   * @returns false if the key was refused meanwhile: release this permit and acquire another
   */
  isStillValid(): boolean;
  /** Ends the permit. Call it exactly once. */
  release(verdict: KeyVerdict): void;
}

export type Acquisition =
  | Permit
  | { readonly kind: 'paused'; readonly pausedMs: number }
  | { readonly kind: 'too_late' };

/** One refusal of a key, and the pause after it. Times are in milliseconds on the guard's clock. */
interface Refusal {
  readonly at: number;
  readonly pausedUntil: number;
  /** The number of refusals in a row, 1 for the first. */
  readonly inARow: number;
}

/** The calls in progress with one key. */
interface KeyUse {
  permits: number;
  /** The callers that wait for these calls to end, in order, because VOD has not accepted the key yet. */
  readonly waiting: Set<(acquisition: Acquisition) => void>;
}

/**
 * Five refusals in a row lock a key for five minutes (Huawei, API request signing guide). So a refused key is paused.
 * Until VOD has accepted a key, calls with it are made one at a time.
 *
 * The guard holds digests, never a key itself.
 */
export class KeyGuard {
  readonly #now: () => number;
  /** The keys accepted last are at the end. */
  readonly #accepted = new Set<string>();
  /** The last refusal of each key. The keys refused last are at the end. */
  readonly #refused = new Map<string, Refusal>();
  readonly #uses = new Map<string, KeyUse>();

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Waits for permission to make a call with a key.
   *
   * @param key - a digest of the key
   * @param maxWaitMs - how long the caller can wait, in milliseconds
   */
  async acquire(key: string, maxWaitMs: number): Promise<Acquisition> {
    const use = this.#uses.get(key) ?? { permits: 0, waiting: new Set() };
    const acquisition = this.#tryAcquire(key, use);
    if (acquisition !== undefined) return acquisition;
    return new Promise((resolve) => {
      const timer = setTimeout(() => grant({ kind: 'too_late' }), maxWaitMs);
      const grant = (result: Acquisition): void => {
        clearTimeout(timer);
        use.waiting.delete(grant);
        resolve(result);
      };
      use.waiting.add(grant);
    });
  }

  /** Returns the last refusal of a key; undefined if the key was accepted since or its doubling has ended. */
  lastRefusal(key: string): Refusal | undefined {
    for (const [oldest, { at }] of this.#refused) {
      if (this.#now() - at < DOUBLING_MS) break;
      this.#refused.delete(oldest);
    }
    return this.#refused.get(key);
  }

  /** @returns undefined if the caller has to wait */
  #tryAcquire(key: string, use: KeyUse): Acquisition | undefined {
    const pausedMs = this.#pausedMs(key);
    if (pausedMs > 0) return { kind: 'paused', pausedMs };
    const exclusive = !this.#accepted.has(key);
    if (exclusive && use.permits > 0) return undefined;
    return this.#permit(key, use, exclusive);
  }

  #permit(key: string, use: KeyUse, exclusive: boolean): Permit {
    const refusal = this.#refused.get(key);
    use.permits += 1;
    this.#uses.set(key, use);
    return {
      kind: 'permit',
      // While an exclusive permit is in use, no other call is made, so none can be refused. A refused key is not in `#accepted`.
      isStillValid: () => exclusive || this.#accepted.has(key),
      release: (verdict) => {
        use.permits -= 1;
        if (verdict === 'accepted') this.#accept(key, refusal);
        if (verdict === 'refused') this.#refuse(key, refusal);
        this.#grantNext(key, use);
      },
    };
  }

  #grantNext(key: string, use: KeyUse): void {
    for (const grant of use.waiting) {
      const acquisition = this.#tryAcquire(key, use);
      if (acquisition === undefined) return;
      grant(acquisition);
    }
    if (use.permits === 0) this.#uses.delete(key);
  }

  #pausedMs(key: string): number {
    return (this.lastRefusal(key)?.pausedUntil ?? 0) - this.#now();
  }

  /** @param before - the last refusal when the call began: a call from before a refusal shows nothing new */
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

  /** Calls that are in progress together are refused together. They count as one refusal. */
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
