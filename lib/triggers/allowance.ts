/** More ids than this in one event are refused whole. */
const MAX_IDS = 10_000;

/** Thrown while an event is being read, and caught where the reading began. */
export class TooManyIds extends Error {
  override readonly name = 'TooManyIds';
}

/**
 * Counts the ids of one event as they are met, so that an event with a million of them is given up early. A message
 * without an id counts as one: it, too, ends in a result and a line in the log.
 */
export class Allowance {
  #left = MAX_IDS;

  /** @throws TooManyIds - when the event has more than it may */
  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw new TooManyIds();
  }
}
