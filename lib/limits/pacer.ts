import { type Call, CallWindow, WINDOW_MS } from './call-window.ts';

/** An open process spreads its limit over this: ten calls take under 3 s, and few are on the wire at a refusal. */
const OPEN_SPAN_MS = 25_000;
/** Once a call is admitted, the first calls of a window leave at once: people who cancel a few assets do not wait. */
const BURST = 5;
/** Least part of the even spacing that calls keep in a half full window: bursts smooth out, a delay is made up for. */
const SPACING = 0.8;
/**
 * One in so many calls is a probe for room. A refused probe is a call lost, so they cost 0.7 % of the calls at most.
 */
const CALLS_PER_PROBE = 150;
/** A probe leaves so long before its slot: it meets a full window, and few others come before the slot is free. */
const PROBE_LEAD_MS = 250;
/** Part of its share that a process gives up at a refusal. A larger share gives up more, so shares become even. */
const YIELD = 0.05;
/** A process that is shut out tries again after one to two of these: the congestion may be over. Then once a window. */
const FIRST_PAUSE_MS = 1_000;
/** A `Retry-After` binds the process for this long at most. */
const MAX_HOLD_MS = 300_000;

/** VOD answered without throttling, VOD throttled, no answer came (the call counts as made), no call was made. */
export type SlotOutcome = 'admitted' | 'refused' | 'lost' | 'unused';

/** Leave to make one call now, or none, as the next slot is some `waitMs` away. */
export type SlotAcquisition =
  | {
      readonly kind: 'slot';
      /** Gives the slot back, exactly once. @param retryAfterMs - VOD's `Retry-After` */
      readonly release: (outcome: SlotOutcome, retryAfterMs?: number) => void;
    }
  | { readonly kind: 'too_late'; readonly waitMs: number };

/** `open`: the limit was not used up. `own`: another call of the process has left the window. `probe`: it soon will. */
type Kind = 'open' | 'own' | 'probe';

type Waiter = {
  readonly limit: number;
  readonly isProbe: boolean;
  readonly answer: (acquisition: SlotAcquisition) => void;
};

/**
 * Shares VOD's limit among processes that know nothing of each other, by TCP's conservation of packets (Jacobson,
 * "Congestion Avoidance and Control", 1988): a call leaves when one of the process's own leaves the window, so that the
 * sum does not grow. docs/pace.md has the rules and what they achieve. All times are in milliseconds.
 */
export class Pacer {
  readonly #window: CallWindow;
  readonly #random: () => number;
  #now = 0;
  #onWire = 0;
  readonly #waiting = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  /** Calls that a closed process may have in a window. Undefined in an open one: its limit is its share. */
  #share: number | undefined;
  /** The last probe was admitted, so the next calls are probes as well (TCP's slow start). */
  #isGrowing = false;
  /** Refusals since the last admitted call has left the window. */
  #shutOut = 0;
  #heldUntil = 0;

  /** @param clock - when it is set back, time stands still. @param random - a number from 0 to 1 */
  constructor(clock: () => number, random: () => number = Math.random) {
    this.#window = new CallWindow(clock);
    this.#random = random;
  }

  /**
   * Waits for leave to make a call, in the order of asking.
   *
   * @param limit - calls in any 60 s, `VOD_CALLS_PER_MINUTE`
   * @param maxWaitMs - how long the caller can wait
   */
  acquire(limit: number, maxWaitMs: number): Promise<SlotAcquisition> {
    this.#now = this.#window.tick();
    if (this.#window.size === 0 && this.#waiting.size === 0) this.#open();
    const waitMs = this.#slotAt(limit, this.#waiting.size) - this.#now;
    if (waitMs > maxWaitMs) return Promise.resolve({ kind: 'too_late', waitMs });
    return new Promise((resolve) => {
      const answer = (acquisition: SlotAcquisition): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(acquisition);
      };
      const waiter: Waiter = { limit, isProbe: this.#random() * CALLS_PER_PROBE < 1, answer };
      const turnAway = (): void => {
        this.#now = this.#window.tick();
        answer({ kind: 'too_late', waitMs: this.#slotAt(limit, 0) - this.#now });
        this.#dispatch();
      };
      let timer: NodeJS.Timeout | undefined;
      this.#waiting.add(waiter);
      this.#dispatch();
      if (this.#waiting.has(waiter)) timer = setTimeout(turnAway, maxWaitMs);
    });
  }

  /** A process that is shut out has nothing to conserve. It waits for its pause. */
  #shareOf(limit: number): number {
    return this.#shutOut > 0 ? limit : Math.min(limit, Math.max(1, this.#share ?? limit));
  }

  /** When a call may leave that has so many others before it, as far as can be told now. */
  #slotAt(limit: number, before = 0): number {
    const share = this.#shareOf(limit);
    const { size } = this.#window;
    const last = this.#window.timeOf(0);
    const from = Math.max(this.#now, this.#heldUntil);
    const even = (SPACING * WINDOW_MS) / share;
    if (size + before < share) {
      const isFree = size * 2 < share || this.#shutOut > 0;
      const gap = this.#share === undefined ? OPEN_SPAN_MS / limit : isFree ? 0 : even;
      if (this.#share === undefined && this.#window.admitted > 0 && size + before < BURST) return from;
      return Math.max(from, last + gap) + before * gap;
    }
    // Each call of the share leaves the window in its turn, and makes room again a window later.
    const turn = before % share;
    const leaving = this.#window.timeOf(share - 1 - turn) + WINDOW_MS;
    return Math.max(from + turn * even, leaving, last + (turn + 1) * even) + Math.floor(before / share) * WINDOW_MS;
  }

  #departure(limit: number, isProbe: boolean): { readonly at: number; readonly kind: Kind } {
    const at = this.#slotAt(limit);
    const share = this.#shareOf(limit);
    const mayProbe = share < limit && this.#window.size >= share && (isProbe || this.#isGrowing);
    if (mayProbe && at > this.#now) return { at: Math.max(this.#heldUntil, at - PROBE_LEAD_MS), kind: 'probe' };
    return { at, kind: this.#share === undefined ? 'open' : 'own' };
  }

  readonly #dispatch = (): void => {
    clearTimeout(this.#timer);
    for (const { limit, isProbe, answer } of this.#waiting) {
      this.#now = this.#window.tick();
      // One call at a time tells a process that is shut out enough.
      if (this.#shutOut > 0 && this.#onWire > 0) return;
      const { at, kind } = this.#departure(limit, isProbe);
      if (at > this.#now) {
        this.#timer = setTimeout(this.#dispatch, at - this.#now);
        return;
      }
      answer(this.#leave(kind, limit));
    }
  };

  #leave(kind: Kind, limit: number): SlotAcquisition {
    const call = this.#window.add();
    this.#onWire += 1;
    if (this.#window.size >= limit) this.#share ??= limit;
    const release = (outcome: SlotOutcome, retryAfterMs?: number): void => {
      this.#now = this.#window.tick();
      this.#onWire -= 1;
      if (outcome === 'unused') this.#window.remove(call);
      if (outcome === 'admitted') this.#admit(call, kind, limit);
      if (retryAfterMs !== undefined) this.#hold(this.#now + Math.min(MAX_HOLD_MS, retryAfterMs));
      else if (outcome === 'refused') this.#refuse(call, kind);
      this.#dispatch();
    };
    return { kind: 'slot', release };
  }

  #admit(call: Call, kind: Kind, limit: number): void {
    this.#window.admit(call);
    const tries = this.#shutOut;
    this.#shutOut = 0;
    if (this.#share === undefined || (kind === 'own' && tries === 0)) return;
    // Admitted at the first try after one refusal: the limit is not used up, somebody else's burst is over.
    if (kind === 'own' && tries === 1) this.#open();
    else {
      this.#share = Math.min(limit, this.#share + 1);
      this.#isGrowing = true;
    }
  }

  #refuse({ at }: Call, kind: Kind): void {
    this.#share ??= this.#window.admitted;
    if (kind === 'own') this.#share -= Math.floor(this.#share * YIELD + this.#random());
    if (kind !== 'open') this.#isGrowing = false;
    if (this.#window.admitted === 0) {
      this.#shutOut = kind === 'open' ? 1 : this.#shutOut + 1;
      this.#hold(this.#now + (this.#shutOut === 1 ? FIRST_PAUSE_MS * (1 + this.#random()) : WINDOW_MS));
    } else if (kind === 'open') this.#hold(at + WINDOW_MS);
  }

  #hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  #open(): void {
    this.#share = undefined;
    this.#isGrowing = false;
    this.#shutOut = 0;
  }
}
