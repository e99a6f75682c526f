import type { Clock } from '../clock.ts';

const MINUTE_MS = 60_000;

/**
 * The tenant's limit on one kind of call. A call that is refused counts as well, so a client that hammers on stays
 * refused: the stricter reading of the field reports, and the one that shows a client's manners.
 */
export class MinuteLimit {
  readonly #clock: Clock;
  readonly #callsPerMinute: number;
  readonly #times: number[] = [];

  constructor(clock: Clock, callsPerMinute: number) {
    this.#clock = clock;
    this.#callsPerMinute = callsPerMinute;
  }

  /** Counts one call. @returns whether it is within the limit of the last 60 s */
  take(): boolean {
    const now = this.#clock.now();
    while (this.#times[0] !== undefined && now - this.#times[0] >= MINUTE_MS) this.#times.shift();
    this.#times.push(now);
    return this.#times.length <= this.#callsPerMinute;
  }
}
