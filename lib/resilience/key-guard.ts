/** How long a key is not used after a refusal: 60 s, doubling up to 15 minutes while it is refused again. */
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 15 * 60_000;

/** Keys rotate, and a process lives for days: those not used for longest are forgotten beyond this number. */
const MAX_KEYS = 64;

/** How a call made with a key ended. */
export type KeyVerdict = 'accepted' | 'refused' | 'unanswered';

/** Leave to make one call with a key; `leave` must be called when the call is over. */
export interface Turn {
  readonly kind: 'turn';
  leave(verdict: KeyVerdict): void;
}

export type Entry = Turn | { readonly kind: 'paused'; readonly pausedMs: number } | { readonly kind: 'too_late' };

interface KeyState {
  trusted: boolean;
  pausedUntil: number;
  refusals: number;
  /** A call with this key is on the wire and nobody knows yet whether the key is good. */
  busy: boolean;
  /** Those whose turn it is when that call is over, in order. */
  readonly waiting: Set<(entry: Entry) => void>;
}

/**
 * Five refusals in a row lock a key for five minutes (Huawei, API request signing guide). So a refused key pauses, and
 * until a key has been accepted once, calls with it go out one at a time.
 */
export class KeyGuard {
  readonly #now: () => number;
  readonly #keys = new Map<string, KeyState>();

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Waits for the turn to make a call with a key.
   *
   * @param key - anything that tells one key from another
   * @param maxWaitMs - how long the caller can wait
   */
  async enter(key: string, maxWaitMs: number): Promise<Entry> {
    const state = this.#stateOf(key);
    const entry = this.#entryNow(state);
    if (entry !== undefined) return entry;
    return new Promise((resolve) => {
      const timer = Number.isFinite(maxWaitMs) ? setTimeout(() => admit({ kind: 'too_late' }), maxWaitMs) : undefined;
      const admit = (result: Entry): void => {
        clearTimeout(timer);
        state.waiting.delete(admit);
        resolve(result);
      };
      state.waiting.add(admit);
    });
  }

  #entryNow(state: KeyState): Entry | undefined {
    const pausedMs = state.pausedUntil - this.#now();
    if (pausedMs > 0) return { kind: 'paused', pausedMs };
    if (!state.trusted && state.busy) return undefined;
    return this.#turn(state);
  }

  #turn(state: KeyState): Turn {
    const alone = !state.trusted;
    if (alone) state.busy = true;
    return {
      kind: 'turn',
      leave: (verdict) => {
        if (alone) state.busy = false;
        if (verdict === 'accepted') accept(state);
        if (verdict === 'refused') this.#pause(state);
        this.#admitNext(state);
      },
    };
  }

  #admitNext(state: KeyState): void {
    for (const admit of state.waiting) {
      const entry = this.#entryNow(state);
      if (entry === undefined) return;
      admit(entry);
    }
  }

  /** Calls that were on the wire together are refused together: that is one refusal, not several. */
  #pause(state: KeyState): void {
    state.trusted = false;
    const now = this.#now();
    if (state.pausedUntil > now) return;
    state.pausedUntil = now + Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** state.refusals);
    state.refusals += 1;
  }

  #stateOf(key: string): KeyState {
    const state = this.#keys.get(key) ?? {
      trusted: false,
      pausedUntil: 0,
      refusals: 0,
      busy: false,
      waiting: new Set(),
    };
    this.#keys.delete(key);
    this.#keys.set(key, state);
    this.#forgetOldest();
    return state;
  }

  /** Those in use or paused stay, however many they are. */
  #forgetOldest(): void {
    for (const [key, { busy, waiting, pausedUntil }] of this.#keys) {
      if (this.#keys.size <= MAX_KEYS) return;
      if (!busy && waiting.size === 0 && pausedUntil <= this.#now()) this.#keys.delete(key);
    }
  }
}

function accept(state: KeyState): void {
  state.trusted = true;
  state.refusals = 0;
}
