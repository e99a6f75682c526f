/** Something that happens at a time to come. */
interface Alarm {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
  isOff: boolean;
}

/** The simulation starts here: a time of day that signatures and dates can work with. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

/**
 * Time that passes only when nothing is left to do at the present moment: hours of waiting take seconds, and the same
 * run always goes the same way.
 */
export class VirtualClock {
  #now = EPOCH_MS;
  #order = 0;
  /** A binary heap, the next alarm first. */
  readonly #alarms: Alarm[] = [];

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now - EPOCH_MS;
  }

  readonly setTimeout = (ring: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Alarm => {
    // The event loop counts whole milliseconds, at least one.
    const at = this.#now + Math.max(1, Math.trunc(ms));
    return this.#add({ at, order: this.#order++, ring: () => ring(...args), isOff: false });
  };

  readonly clearTimeout = (alarm: Alarm | undefined): void => {
    if (alarm !== undefined) alarm.isOff = true;
  };

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => this.#add({ at: this.#now + ms, order: this.#order++, ring: resolve, isOff: false }));

  /** Lets time pass until nothing more is to happen, or for so long. */
  async run(forMs = Number.POSITIVE_INFINITY): Promise<void> {
    await settled();
    const end = this.#now + forMs;
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.#remove();
      if (next.isOff) continue;
      this.#now = Math.max(this.#now, next.at);
      next.ring();
      await settled();
    }
  }

  #next = (): Alarm | undefined => this.#alarms[0];

  #add(alarm: Alarm): Alarm {
    let index = this.#alarms.push(alarm) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(alarm, this.#alarms[parent] as Alarm)) break;
      this.#alarms[index] = this.#alarms[parent] as Alarm;
      index = parent;
    }
    this.#alarms[index] = alarm;
    return alarm;
  }

  #remove(): void {
    const last = this.#alarms.pop();
    if (last === undefined || this.#alarms.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.#alarms.length) break;
      const right = this.#alarms[child + 1];
      if (right !== undefined && isBefore(right, this.#alarms[child] as Alarm)) child += 1;
      if (!isBefore(this.#alarms[child] as Alarm, last)) break;
      this.#alarms[index] = this.#alarms[child] as Alarm;
      index = child;
    }
    this.#alarms[index] = last;
  }
}

const isBefore = (left: Alarm, right: Alarm): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/** Promises settle before the event loop turns, so after a turn everything that could go on has done so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
