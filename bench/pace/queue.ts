import type { VirtualClock } from './clock.ts';
import type { Handler } from './instance.ts';

/** A message on its way to a function. */
interface Message {
  readonly id: string;
  readonly assetIds: readonly string[];
  readonly deliveries: number;
  readonly visibleAt: number;
}

/** How a platform delivers messages, and redelivers those that were not handled. */
export interface Platform {
  readonly event: keyof typeof EVENTS;
  readonly batchSize: number;
  readonly timeoutMs: number;
  /** Time from a delivery to the redelivery of what was not handled. */
  readonly hiddenMs: number;
  /** Deliveries and age after which a message ends in the dead-letter queue or the failure destination. */
  readonly maxDeliveries: number;
  readonly maxAgeMs: number;
  /** No instance gets two batches in a row: the worst for what an instance remembers. */
  readonly takesTurns?: boolean;
}

/** The event of a batch. FunctionGraph delivers one message at a time. One of Kafka stands for a whole batch. */
const EVENTS = {
  sqs: (messages: readonly Message[]) => ({
    Records: messages.map(({ id, assetIds }) => ({
      messageId: id,
      eventSource: 'aws:sqs',
      body: JSON.stringify({ asset_ids: assetIds }),
    })),
  }),
  functionGraph: ([message]: readonly Message[]) => ({
    specversion: '1.0',
    type: 'vod.upload.superseded',
    source: 'simulation',
    id: message?.id,
    data: { asset_ids: message?.assetIds },
  }),
  kafka: ([message]: readonly Message[]) => ({
    trigger_type: 'KAFKA',
    instance_id: 'simulation',
    records: [{ topic_id: 'superseded', messages: message?.assetIds }],
  }),
};

/** A context of Lambda. */
export const contextOf = ({ now }: VirtualClock, timeoutMs: number, startedAt = now()): unknown => ({
  awsRequestId: 'simulated',
  getRemainingTimeInMillis: () => startedAt + timeoutMs - now(),
});

/** A queue of messages with instances of a function behind it. All messages are there from the beginning. */
export class Queue {
  readonly handled: Message[] = [];
  /** Messages in the dead-letter queue or the failure destination. */
  readonly dead: Message[] = [];
  readonly #clock: VirtualClock;
  readonly #platform: Platform;
  /** In the order in which they become visible. */
  #messages: readonly Message[];
  #inFlight = 0;
  #lastServed: Handler | undefined;

  constructor(clock: VirtualClock, platform: Platform, messages: readonly (readonly string[])[]) {
    this.#clock = clock;
    this.#platform = platform;
    this.#messages = messages.map((assetIds, i) => ({ id: `message-${i}`, assetIds, deliveries: 0, visibleAt: 0 }));
  }

  /** Passes messages to one instance until none is left, or until the instance stops. */
  async serve(handler: Handler, leavesAt: number): Promise<void> {
    const { batchSize, takesTurns = false } = this.#platform;
    while (this.#clock.elapsed < leavesAt && this.#messages.length + this.#inFlight > 0) {
      const size = takesTurns && this.#lastServed === handler ? 0 : batchSize;
      const batch = this.#messages.slice(0, size).filter(({ visibleAt }) => visibleAt <= this.#clock.elapsed);
      this.#messages = this.#messages.slice(batch.length);
      if (batch.length === 0) await this.#clock.sleep(1_000);
      else await this.#invoke(handler, batch);
    }
  }

  async #invoke(handler: Handler, batch: readonly Message[]): Promise<void> {
    const { event, timeoutMs, hiddenMs, maxDeliveries, maxAgeMs } = this.#platform;
    const visibleAt = this.#clock.elapsed + hiddenMs;
    this.#lastServed = handler;
    this.#inFlight += batch.length;
    const failed = await handler(EVENTS[event](batch), contextOf(this.#clock, timeoutMs)).then(
      (reply) => (reply as Reply).batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [],
      () => batch.map(({ id }) => id),
    );
    this.#inFlight -= batch.length;
    const delivered = batch.map((message) => ({ ...message, deliveries: message.deliveries + 1, visibleAt }));
    const isDead = ({ deliveries }: Message) => deliveries >= maxDeliveries || this.#clock.elapsed > maxAgeMs;
    const again = delivered.filter(({ id }) => failed.includes(id));
    this.handled.push(...delivered.filter(({ id }) => !failed.includes(id)));
    this.dead.push(...again.filter(isDead));
    const left = [...this.#messages, ...again.filter((message) => !isDead(message))];
    this.#messages = left.sort((one, other) => one.visibleAt - other.visibleAt);
  }
}

/** What a function returns to SQS. */
interface Reply {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}
