import { expect } from 'vitest';

// The rules of keys, pauses and Retry-After once more, told from VOD's side and without a look at the code: VOD sees when
// a call leaves and knows what it answered.

/** What VOD answers, or that its answer is lost. */
export type Answer =
  | { readonly kind: 'accepted' | 'refused' | 'failed' | 'lost' }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number };

/** A call on the wire. */
export interface Departure {
  readonly cancel: number;
  readonly key: string;
  /** Grows with all that happens. */
  readonly at: number;
}

interface Key {
  accepted: boolean;
  pausedUntil: number;
  refusalsInARow: number;
  refusedAtMs: number;
  /** By the same count as `at`. */
  refusedAt: number;
}

const MINUTE_MS = 60_000;

export class Oracle {
  readonly #keys = new Map<string, Key>();
  readonly #onTheWire = new Set<Departure>();
  /** What each cancel was answered last, and when. */
  readonly #answered = new Map<number, { readonly answer: Answer; readonly atMs: number; readonly key: string }>();
  readonly #muteThrottlings = new Map<number, number>();
  #heldUntil = 0;
  #count = 0;
  calls = 0;

  /** A call leaves. Checks that it may. */
  depart(cancel: number, key: string, nowMs: number): Departure {
    const state = this.#keyOf(key);
    const together = [...this.#onTheWire].filter((other) => other.key === key);
    expect({ pausedMs: Math.max(0, state.pausedUntil - nowMs) }, 'no call in a pause').toEqual({ pausedMs: 0 });
    if (!state.accepted) expect(together, 'one call at a time with a key not accepted').toEqual([]);
    expect(nowMs, 'no call before Retry-After has passed').toBeGreaterThanOrEqual(this.#heldUntil);
    this.#checkRetry(cancel, key, nowMs);
    this.calls += 1;
    this.#count += 1;
    const departure = { cancel, key, at: this.#count };
    this.#onTheWire.add(departure);
    return departure;
  }

  #checkRetry(cancel: number, key: string, nowMs: number): void {
    const last = this.#answered.get(cancel);
    if (last === undefined) return;
    expect(['accepted'], 'no call after an answer that decides').not.toContain(last.answer.kind);
    if (last.answer.kind === 'refused') expect(key, 'no retry with a refused key').not.toBe(last.key);
    if (last.answer.kind !== 'throttled') return;
    const atLeastMs = Math.max(1_000, last.answer.retryAfterMs ?? 0);
    expect(nowMs - last.atMs, 'no retry of a throttled call too soon').toBeGreaterThanOrEqual(atLeastMs);
    expect(this.#muteThrottlings.get(cancel) ?? 0, 'one retry without Retry-After').toBeLessThanOrEqual(1);
  }

  /** A call is answered, or is known to be lost. */
  answer(departure: Departure, answer: Answer, nowMs: number): void {
    const { key, cancel } = departure;
    this.#onTheWire.delete(departure);
    this.#answered.set(cancel, { answer, atMs: nowMs, key });
    this.#count += 1;
    const state = this.#keyOf(key);
    // Calls on the wire together say the same thing once.
    const isNews = departure.at > state.refusedAt;
    if (answer.kind === 'accepted' && isNews) Object.assign(state, { accepted: true, refusalsInARow: 0 });
    if (answer.kind === 'refused' && isNews) this.#refuse(state, nowMs);
    if (answer.kind !== 'throttled') return;
    const { retryAfterMs } = answer;
    if (retryAfterMs === undefined) this.#muteThrottlings.set(cancel, (this.#muteThrottlings.get(cancel) ?? 0) + 1);
    else this.#heldUntil = Math.max(this.#heldUntil, nowMs + Math.min(5 * MINUTE_MS, Math.max(1_000, retryAfterMs)));
  }

  #refuse(state: Key, nowMs: number): void {
    const before = nowMs - state.refusedAtMs < 60 * MINUTE_MS ? state.refusalsInARow : 0;
    Object.assign(state, {
      accepted: false,
      refusalsInARow: before + 1,
      pausedUntil: nowMs + Math.min(15, 2 ** before) * MINUTE_MS,
      refusedAtMs: nowMs,
      refusedAt: this.#count,
    });
  }

  /** How long each key still pauses, in milliseconds. */
  pauses(nowMs: number): readonly number[] {
    return [...this.#keys.values()].map(({ pausedUntil }) => pausedUntil - nowMs).filter((ms) => ms > 0);
  }

  #keyOf(key: string): Key {
    const state = this.#keys.get(key) ?? {
      accepted: false,
      pausedUntil: 0,
      refusalsInARow: 0,
      refusedAtMs: 0,
      refusedAt: 0,
    };
    this.#keys.set(key, state);
    return state;
  }
}
