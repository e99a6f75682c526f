/** Something that goes on at a time to come. */
interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/**
 * Time that passes only when nothing is left to do at the present moment: hours of waiting take milliseconds, and the
 * same run always goes the same way.
 */
export class VirtualTime {
  #now = 0;
  /** Latest first, so that the next one is at the end; of several at the same time the first that was set. */
  readonly #alarms: Alarm[] = [];

  /** Milliseconds since the beginning. */
  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const at = this.#now + Math.max(0, ms);
      this.#alarms.splice(this.#indexFor(at), 0, { at, ring: resolve });
    });

  /** Lets time pass until nobody sleeps any more. */
  async run(): Promise<void> {
    await allDoneForNow();
    for (let alarm = this.#alarms.pop(); alarm !== undefined; alarm = this.#alarms.pop()) {
      this.#now = alarm.at;
      alarm.ring();
      await allDoneForNow();
    }
  }

  #indexFor(at: number): number {
    let [low, high] = [0, this.#alarms.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const alarm = this.#alarms[middle];
      if (alarm !== undefined && alarm.at > at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Promises settle before the event loop turns, so after a turn everything that could go on has done so. */
const allDoneForNow = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
