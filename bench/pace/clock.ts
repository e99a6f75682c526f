/** Something that happens at a time to come, unless it is called off. */
interface Alarm {
  readonly at: number;
  ring?: (() => void) | undefined;
}

/** The simulation starts here: a time of day that signatures and dates can work with. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** Time that passes only when nothing is left to do at the present moment: hours take seconds, and runs repeat. */
export class VirtualClock {
  #now = EPOCH_MS;
  /** The next alarm is the last of the list. */
  readonly #alarms: Alarm[] = [];

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now - EPOCH_MS;
  }

  /** The event loop counts whole milliseconds, at least one. */
  readonly setTimeout = (ring: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Alarm =>
    this.#add({ at: this.#now + Math.max(1, Math.trunc(ms)), ring: () => ring(...args) });

  readonly clearTimeout = (alarm: Alarm | undefined): void => {
    if (alarm !== undefined) alarm.ring = undefined;
  };

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => this.#add({ at: this.#now + ms, ring: resolve }));

  /** Lets time pass until nothing more is to happen. */
  async run(): Promise<void> {
    await settled();
    for (let next = this.#alarms.pop(); next !== undefined; next = this.#alarms.pop()) {
      if (next.ring === undefined) continue;
      this.#now = next.at;
      next.ring();
      await settled();
    }
  }

  #add(alarm: Alarm): Alarm {
    this.#alarms.splice(this.#alarms.findLastIndex(({ at }) => at > alarm.at) + 1, 0, alarm);
    return alarm;
  }
}

/** Promises settle before the event loop turns, so after a turn everything that could go on has done so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
