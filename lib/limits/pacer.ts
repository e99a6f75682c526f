import { type Call, CallWindow, WINDOW_MS } from './call-window.ts';

/** Calls that leave at once if nothing was refused yet, and the share of a process that is refused every time. */
const INITIAL_WINDOW = 4;
/** Calls keep at least this part of the even spacing. Bursts become smooth, and ten calls take 2 s. */
const SPACING = 0.5;
/** One in so many calls is a probe for room. A refused probe is a lost call: they cost 0.7 % of the calls at most. */
const CALLS_PER_PROBE = 150;
/** A probe leaves this long before its slot, while the window is still full. */
const PROBE_LEAD_MS = 250;
/** Part of its share that a process gives up at a refusal. A larger share gives up more, so shares become more even. */
const YIELD = 0.1;
/** A process whose first call is refused tries again after one to two times this value: the congestion may be over. */
const PAUSE_MS = 1_000;
/** A `Retry-After` binds the process for this long at most. */
const MAX_HOLD_MS = 300_000;

/**
 * - `admitted`: VOD answered without throttling
 * - `refused`: VOD throttled the call
 * - `lost`: no answer came; the call counts as made
 * - `unused`: no call was made
 */
export type SlotOutcome = 'admitted' | 'refused' | 'lost' | 'unused';

/** Permission to make one call now; or `too_late`: the next slot is `waitMs` away, more than the caller can wait. */
type SlotAcquisition =
  | {
      readonly kind: 'slot';
      /** Gives the slot back, exactly once. @param retryAfterMs - VOD's `Retry-After` */
      readonly release: (outcome: SlotOutcome, retryAfterMs?: number) => void;
    }
  | { readonly kind: 'too_late'; readonly waitMs: number };

interface Waiter {
  readonly limit: number;
  /** The last moment for its call. */
  readonly latestAt: number;
  readonly answer: (acquisition: SlotAcquisition) => void;
}

/**
 * Shares VOD's limit among processes that do not know each other, by TCP's conservation of packets (Jacobson,
 * "Congestion Avoidance and Control", 1988): a call leaves when one of the process's own leaves the window, so that the
 * sum does not grow. docs/pace.md has the rules and what they achieve. All times are in milliseconds.
 */
export class Pacer {
  readonly #window: CallWindow;
  readonly #random: () => number;
  #now = 0;
  readonly #waiting = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  /** Calls that the process may have in a window. Without a refusal it is open: its limit is its share. */
  #share = Number.POSITIVE_INFINITY;
  /** The next call that waits in a full window is a probe. After a probe that is admitted it is (TCP's slow start). */
  #probesNext = false;
  #heldUntil = Number.NEGATIVE_INFINITY;

  /** @param clock - if it is set back, the pacer's time waits for it. @param random - returns a number from 0 to 1, excluding 1 */
  constructor(clock: () => number, random: () => number = Math.random) {
    this.#window = new CallWindow(clock);
    this.#random = random;
  }

  /**
   * Waits for a slot to make a call. Callers get their slots in the order in which they asked.
   *
   * @param limit - calls in any 60 s, `VOD_CALLS_PER_MINUTE`
   * @param maxWaitMs - how long the caller can wait
   */
  acquire(limit: number, maxWaitMs: number): Promise<SlotAcquisition> {
    this.#now = this.#window.tick();
    if (this.#window.size + this.#waiting.size === 0) this.#share = Number.POSITIVE_INFINITY;
    const waitMs = this.#slotAt(limit, this.#waiting.size) - this.#now;
    if (waitMs > maxWaitMs) return Promise.resolve({ kind: 'too_late', waitMs });
    // Most calls: they need no timer.
    if (waitMs <= 0 && this.#waiting.size === 0) return Promise.resolve(this.#leave(this.#isProbe(limit)));
    return new Promise((resolve) => {
      const answer = (acquisition: SlotAcquisition): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        // The timer for the next slot would only keep the process alive.
        if (this.#waiting.size === 0) clearTimeout(this.#timer);
        resolve(acquisition);
      };
      const waiter: Waiter = { limit, latestAt: this.#now + maxWaitMs, answer };
      const timer = setTimeout(() => {
        // The slot may be free just now. Then the caller has it, and cannot be turned away any more.
        this.#dispatch();
        this.#turnAway(waiter);
      }, maxWaitMs);
      this.#waiting.add(waiter);
      this.#dispatch();
    });
  }

  /** The earliest time for a call with `before` others ahead of it, by what is known now. */
  #slotAt(limit: number, before: number): number {
    const share = Math.min(limit, this.#share);
    const from = Math.max(this.#now, this.#heldUntil);
    const isNew = this.#share === Number.POSITIVE_INFINITY && this.#window.admitted > 0;
    if (isNew && this.#window.size + before < Math.min(INITIAL_WINDOW, share)) return from;
    const gap = (SPACING * WINDOW_MS) / share;
    const first = Math.max(from, this.#window.timeOf(0) + gap, this.#window.timeOf(share - 1) + WINDOW_MS);
    // Each call of the share leaves the window in its turn, and makes room again a window later.
    const turn = before % share;
    const leaving = this.#window.timeOf(share - 1 - turn) + WINDOW_MS;
    return Math.max(first + turn * gap, leaving) + Math.floor(before / share) * WINDOW_MS;
  }

  readonly #dispatch = (): void => {
    clearTimeout(this.#timer);
    for (const { limit, answer } of this.#waiting) {
      this.#now = this.#window.tick();
      const slotAt = this.#slotAt(limit, 0);
      const isProbe = this.#isProbe(limit);
      const leavesAt = isProbe ? Math.max(this.#heldUntil, slotAt - PROBE_LEAD_MS) : slotAt;
      if (leavesAt > this.#now) {
        this.#timer = setTimeout(this.#dispatch, leavesAt - this.#now);
        return;
      }
      answer(this.#leave(isProbe));
    }
  };

  /** Whether a call that leaves now is a probe for room. */
  #isProbe(limit: number): boolean {
    return this.#probesNext && this.#share < limit && this.#window.size >= this.#share;
  }

  #leave(isProbe: boolean): SlotAcquisition {
    const call = this.#window.add();
    this.#probesNext = (this.#probesNext && !isProbe) || this.#random() * CALLS_PER_PROBE < 1;
    const release = (outcome: SlotOutcome, retryAfterMs?: number): void => {
      this.#now = this.#window.tick();
      if (outcome === 'unused') this.#window.remove(call);
      if (outcome === 'admitted') this.#admit(call, isProbe);
      if (retryAfterMs !== undefined) this.#hold(Math.min(MAX_HOLD_MS, retryAfterMs));
      else if (outcome === 'refused') this.#refuse(isProbe);
      this.#dispatch();
    };
    return { kind: 'slot', release };
  }

  #admit(call: Call, isProbe: boolean): void {
    this.#window.admit(call);
    if (!isProbe) return;
    this.#share += 1;
    this.#probesNext = true;
  }

  #refuse(isProbe: boolean): void {
    // The call left before the refusal that holds the process. It shows nothing new.
    if (this.#heldUntil > this.#now) return;
    this.#probesNext = false;
    if (isProbe) return;
    const yielded = Math.floor(this.#share * YIELD + this.#random());
    if (this.#share < Number.POSITIVE_INFINITY) this.#share = Math.max(1, this.#share - yielded);
    else if (this.#window.admitted > 0) this.#share = this.#window.admitted;
    else if (this.#heldUntil > this.#now - WINDOW_MS) this.#share = INITIAL_WINDOW;
    else this.#hold(PAUSE_MS * (1 + this.#random()));
  }

  /** Nothing leaves for so long. Callers that cannot wait as long are told at once. */
  #hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#now + ms);
    for (const waiter of this.#waiting) if (waiter.latestAt < this.#heldUntil) this.#turnAway(waiter);
  }

  #turnAway({ limit, answer }: Waiter): void {
    answer({ kind: 'too_late', waitMs: this.#slotAt(limit, 0) - this.#now });
  }
}
