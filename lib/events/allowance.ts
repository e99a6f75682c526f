import { failed, type Item } from './items.ts';

/** The number of ids that one event may name. */
const MAX_IDS = 10_000;

/** The number of items without an id that one event may have, besides one for each message. */
const MAX_OTHERS = 10_000;

/** Thrown while a message is read. {@link Allowance.read} catches it. */
class LimitExceeded extends Error {}

/**
 * Counts the ids of an event while its messages are read, so that reading a message with a million ids stops early. A
 * message that exceeds the limit is refused and does not count. The other messages are read.
 */
export class Allowance {
  #ids = MAX_IDS;
  #others = MAX_OTHERS;
  /** Every message has a result, so its first item without an id does not count. */
  #isFirst = true;

  /** @throws LimitExceeded - if the event names more ids than it may; {@link read} catches it */
  takeIds(count: number): void {
    this.#ids -= count;
    if (this.#ids < 0) throw new LimitExceeded();
  }

  /** Counts an item without an id. */
  takeOther(): void {
    if (!this.#isFirst) this.#others -= 1;
    this.#isFirst = false;
    if (this.#others < 0) throw new LimitExceeded();
  }

  /**
   * Reads the items of one message of the outermost envelope. A message that exceeds a limit becomes one failed item.
   */
  read(message: () => readonly Item[]): readonly Item[] {
    const [ids, others] = [this.#ids, this.#others];
    this.#isFirst = true;
    try {
      return message();
    } catch (error) {
      if (!(error instanceof LimitExceeded)) throw error;
      [this.#ids, this.#others] = [ids, others];
      return [failed('too_many_ids')];
    }
  }
}
