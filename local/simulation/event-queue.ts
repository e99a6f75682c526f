/** An event on its way to a function: the superseded assets that it tells of. */
interface Event {
  readonly assetIds: readonly string[];
  readonly visibleAt: number;
  handled: boolean;
}

/** An event in the hands of a function. */
export interface Delivery {
  readonly assetIds: readonly string[];
  /** Deletes it, so that it does not come again. */
  readonly remove: () => void;
}

export interface EventQueueOptions {
  readonly now: () => number;
  /** For how long a delivered event is hidden; one that is not deleted by then is delivered again. */
  readonly visibilityMs: number;
  /** When events are given up, counted from the beginning. */
  readonly maxAgeMs: number;
}

/**
 * A queue that delivers at least once, as SQS does: a delivered event is hidden for a while and deleted when it was
 * handled; one that was not comes again. All events are there from the beginning.
 */
export class EventQueue {
  readonly #options: EventQueueOptions;
  /** By the time at which they become visible: each is hidden for the same span, so the order keeps itself. */
  readonly #events: Event[];
  #head = 0;
  #deliveries = 0;

  /** @param events - the assets of each event */
  constructor(events: readonly (readonly string[])[], options: EventQueueOptions) {
    this.#options = options;
    this.#events = events.map((assetIds) => ({ assetIds, visibleAt: 0, handled: false }));
  }

  /** Events delivered so far, each time counted. */
  get deliveries(): number {
    return this.#deliveries;
  }

  /** When the next event can be delivered; undefined where none is left, or those left are too old. */
  nextAt(): number | undefined {
    while (this.#events[this.#head]?.handled) this.#head += 1;
    const next = this.#events[this.#head];
    if (next === undefined || Math.max(next.visibleAt, this.#options.now()) >= this.#options.maxAgeMs) return undefined;
    return next.visibleAt;
  }

  /** Delivers events that are visible now, `max` at most. */
  receive(max: number): readonly Delivery[] {
    const now = this.#options.now();
    const deliveries: Delivery[] = [];
    for (let at = this.nextAt(); at !== undefined && at <= now && deliveries.length < max; at = this.nextAt()) {
      const { assetIds = [] } = this.#events[this.#head] ?? {};
      this.#head += 1;
      deliveries.push(this.#deliver(assetIds, now));
    }
    return deliveries;
  }

  #deliver(assetIds: readonly string[], now: number): Delivery {
    const event = { assetIds, visibleAt: now + this.#options.visibilityMs, handled: false };
    this.#events.push(event);
    this.#deliveries += 1;
    return {
      assetIds,
      remove: () => {
        event.handled = true;
      },
    };
  }
}
