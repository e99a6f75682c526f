import { monotonicMs } from '../time.ts';

/** Adds up how long one cancel waits for a permit of the key, for a slot of the pace and between attempts. */
export class Waits {
  #totalMs = 0;
  #reportedMs = 0;

  /** Waits, and adds the time. */
  async during<Value>(wait: Promise<Value>): Promise<Value> {
    const startedAt = monotonicMs();
    try {
      return await wait;
    } finally {
      this.#totalMs += monotonicMs() - startedAt;
    }
  }

  /** The total, in whole milliseconds. */
  totalMs(): number {
    return Math.round(this.#totalMs);
  }

  /** What was added since the last call of this method, in whole milliseconds. */
  takeMs(): number {
    const takenMs = this.#totalMs - this.#reportedMs;
    this.#reportedMs = this.#totalMs;
    return Math.round(takenMs);
  }
}
