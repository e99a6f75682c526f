import { failed, type Item } from './items.ts';

/** The ids that one event may name. */
const MAX_IDS = 10_000;

/** The items without an id that one event may bring about inside its messages, besides one for each message. */
const MAX_OTHERS = 10_000;

/** Thrown while a message is being read, and caught where the reading of that message began. */
class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
}

/**
 * Counts what the messages of one event name as it is met, so that a message with a million ids is given up early. The
 * message that does not fit is refused and takes nothing; the others are read.
 */
export class Allowance {
  #ids = MAX_IDS;
  #others = MAX_OTHERS;
  /** Every message ends in a result, so its first item without an id is free. */
  #isFirst = true;

  /** @throws DoesNotFit - when the event names more ids than it may; {@link read} catches it */
  takeIds(count: number): void {
    this.#ids -= count;
    if (this.#ids < 0) throw new DoesNotFit();
  }

  /** Counts an item that no id was named for. */
  takeOther(): void {
    if (!this.#isFirst) this.#others -= 1;
    this.#isFirst = false;
    if (this.#others < 0) throw new DoesNotFit();
  }

  /** Reads one message of the outermost envelope: its items, or one for a message that does not fit any more. */
  read(message: () => readonly Item[]): readonly Item[] {
    const [ids, others] = [this.#ids, this.#others];
    this.#isFirst = true;
    try {
      return message();
    } catch (error) {
      if (!(error instanceof DoesNotFit)) throw error;
      [this.#ids, this.#others] = [ids, others];
      return [failed('too_many_ids')];
    }
  }
}
