/** A callback at a later time, unless the timer is cleared. */
interface Timer {
  readonly at: number;
  callback?: (() => void) | undefined;
}

/** The simulation starts here: a time of day that signatures and dates can work with. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** A clock that moves only when all code waits for it: hours take seconds, and each run gives the same result. */
export class VirtualClock {
  #now = EPOCH_MS;
  /** The next timer is the last of the list. */
  readonly #timers: Timer[] = [];

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now - EPOCH_MS;
  }

  /** The event loop counts whole milliseconds, at least one. */
  readonly setTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Timer =>
    this.#add({ at: this.#now + Math.max(1, Math.trunc(ms)), callback: () => callback(...args) });

  readonly clearTimeout = (timer: Timer | undefined): void => {
    if (timer !== undefined) timer.callback = undefined;
  };

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => this.#add({ at: this.#now + ms, callback: resolve }));

  /** Moves the clock from timer to timer until none is left. */
  async run(): Promise<void> {
    await settled();
    for (let next = this.#timers.pop(); next !== undefined; next = this.#timers.pop()) {
      if (next.callback === undefined) continue;
      this.#now = next.at;
      next.callback();
      await settled();
    }
  }

  #add(timer: Timer): Timer {
    this.#timers.splice(this.#timers.findLastIndex(({ at }) => at > timer.at) + 1, 0, timer);
    return timer;
  }
}

/** Promises settle before the event loop turns, so after a turn all code waits for a timer. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
