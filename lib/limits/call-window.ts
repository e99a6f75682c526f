/** VOD's limit holds for any 60 s. The extra 100 ms are for calls that arrive in another order. */
export const WINDOW_MS = 60_100;

/** One call. It counts for a whole window, with any result. */
export interface Call {
  /** When it left. */
  readonly at: number;
  isAdmitted: boolean;
}

/** The calls that a process made in the last window, by a clock that never goes back. All times are in milliseconds. */
export class CallWindow {
  readonly #clock: () => number;
  #read = Number.POSITIVE_INFINITY;
  #now = 0;
  /** Oldest first. Those before `#head` have left the window. */
  readonly #calls: Call[] = [];
  #head = 0;
  #admitted = 0;

  /** @param clock - if it is set back, the window's time waits for it */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Reads the clock, and drops the calls that have left the window. @returns the time */
  tick(): number {
    const read = this.#clock();
    this.#now += Math.max(0, read - this.#read);
    this.#read = read;
    for (let call = this.#calls[this.#head]; call && call.at <= this.#now - WINDOW_MS; call = this.#calls[this.#head]) {
      this.#head += 1;
      if (call.isAdmitted) this.#admitted -= 1;
    }
    // Half of the list at once, so that each call is moved once.
    if (this.#head > this.size) this.#head -= this.#calls.splice(0, this.#head).length;
    return this.#now;
  }

  get size(): number {
    return this.#calls.length - this.#head;
  }

  /** How many of the calls VOD has admitted. */
  get admitted(): number {
    return this.#admitted;
  }

  /** @param callsAfter - the number of newer calls. @returns when that call left; -∞ if there is none */
  timeOf(callsAfter: number): number {
    return this.#calls.at(-1 - callsAfter)?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Counts a call that leaves now. */
  add(): Call {
    const call = { at: this.#now, isAdmitted: false };
    this.#calls.push(call);
    return call;
  }

  /** Notes that VOD has admitted a call. */
  admit(call: Call): void {
    call.isAdmitted = true;
    if (call.at > this.#now - WINDOW_MS) this.#admitted += 1;
  }

  /** Forgets a call that was not made. */
  remove(call: Call): void {
    const index = this.#calls.lastIndexOf(call);
    if (index >= this.#head) this.#calls.splice(index, 1);
  }
}
