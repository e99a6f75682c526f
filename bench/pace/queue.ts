import type { VirtualClock } from './clock.ts';
import type { Handler } from './instance.ts';

/** A message on its way to a function. */
interface Message {
  readonly id: string;
  readonly assetIds: readonly string[];
  visibleAt: number;
  deliveries: number;
}

/** How a platform delivers messages, and delivers those again that were not handled. */
export interface Platform {
  readonly batchSize: number;
  readonly timeoutMs: number;
  /** From a delivery until the next one of what it did not handle. */
  readonly hiddenMs: number;
  /** Deliveries and age after which a message ends in the dead-letter queue or the failure destination. */
  readonly maxDeliveries: number;
  readonly maxAgeMs: number;
  readonly toEvent: (messages: readonly Message[]) => unknown;
}

/** SQS in front of Lambda. */
export const sqs = (timeoutMs: number, hiddenMs: number, maxDeliveries: number): Platform => ({
  batchSize: 10,
  timeoutMs,
  hiddenMs,
  maxDeliveries,
  maxAgeMs: 4 * 86_400_000,
  toEvent: (messages) => ({
    Records: messages.map(({ id, assetIds }) => ({
      messageId: id,
      eventSource: 'aws:sqs',
      body: JSON.stringify({ asset_ids: assetIds }),
    })),
  }),
});

/** FunctionGraph's asynchronous queue: an event at a time for each instance. A retry comes after a minute. */
export const functionGraph = (timeoutMs: number, retries: number, maxAgeMs: number): Platform => ({
  batchSize: 1,
  timeoutMs,
  hiddenMs: timeoutMs + 60_000,
  maxDeliveries: 1 + retries,
  maxAgeMs,
  toEvent: ([message]) => ({
    specversion: '1.0',
    type: 'vod.upload.superseded',
    source: 'simulation',
    id: message?.id,
    data: { asset_ids: message?.assetIds },
  }),
});

/** A batch of DMS for Kafka: it is delivered again as a whole. */
export const kafka = (timeoutMs: number, retries: number): Platform => ({
  ...functionGraph(timeoutMs, retries, 86_400_000),
  toEvent: ([message]) => ({
    trigger_type: 'KAFKA',
    instance_id: 'simulation',
    records: [{ topic_id: 'superseded', messages: message?.assetIds }],
  }),
});

/** A queue of messages with instances of a function behind it. All messages are there from the beginning. */
export class Queue {
  /** Messages in the dead-letter queue or the failure destination. */
  readonly dead: Message[] = [];
  /** The deliveries that each handled message took. */
  readonly deliveries: number[] = [];
  readonly #clock: VirtualClock;
  readonly #platform: Platform;
  /** By the time at which they are visible. */
  #messages: Message[];
  #inHand = 0;

  constructor(clock: VirtualClock, platform: Platform, messages: readonly (readonly string[])[]) {
    this.#clock = clock;
    this.#platform = platform;
    const visibleAt = clock.now();
    this.#messages = messages.map((assetIds, i) => ({ id: `message-${i}`, assetIds, visibleAt, deliveries: 0 }));
  }

  /** Lets one instance work until nothing is left, or until it is to leave. */
  async serve(handler: Handler, leavesAt = Number.POSITIVE_INFINITY): Promise<void> {
    while (this.#clock.elapsed < leavesAt && this.#messages.length + this.#inHand > 0) {
      const batch = this.#receive();
      if (batch.length === 0) await this.#clock.sleep(1_000);
      else await this.#invoke(handler, batch);
    }
  }

  #receive(): readonly Message[] {
    const now = this.#clock.now();
    const due = this.#messages.findIndex(({ visibleAt }) => visibleAt > now);
    const batch = this.#messages.splice(0, Math.min(this.#platform.batchSize, due < 0 ? this.#messages.length : due));
    for (const message of batch) message.deliveries += 1;
    this.#inHand += batch.length;
    return batch;
  }

  async #invoke(handler: Handler, batch: readonly Message[]): Promise<void> {
    const { timeoutMs, toEvent, hiddenMs, maxDeliveries, maxAgeMs } = this.#platform;
    const startedAt = this.#clock.now();
    const context = {
      awsRequestId: 'simulated',
      getRemainingTimeInMillis: () => startedAt + timeoutMs - this.#clock.now(),
    };
    const failed = await handler(toEvent(batch), context).then(
      (reply) => new Set((reply as Reply).batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier)),
      () => new Set(batch.map(({ id }) => id)),
    );
    this.#inHand -= batch.length;
    for (const message of batch) {
      if (!failed.has(message.id)) this.deliveries.push(message.deliveries);
      else if (message.deliveries >= maxDeliveries || this.#clock.elapsed > maxAgeMs) this.dead.push(message);
      else this.#messages.push({ ...message, visibleAt: startedAt + hiddenMs });
    }
    this.#messages.sort((left, right) => left.visibleAt - right.visibleAt);
  }
}

/** What a function tells SQS. */
interface Reply {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}
