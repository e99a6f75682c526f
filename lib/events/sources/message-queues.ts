import { own } from '../../json.ts';
import { fromStreamText } from './encoded.ts';
import { type Delivery, delivered, each, list, type Source } from './source.ts';

/**
 * The message queues of FunctionGraph share one layout, and DMS Kafka and open-source Kafka share the type as well.
 * `instance_id` stands at the top or in each record; in the oldest layout there are no records, just `messages`.
 */
const queue = (name: string): Source => ({
  name,
  matches: (event) =>
    own(event, 'trigger_type') === name.toUpperCase() &&
    [own(event, 'records'), own(event, 'messages')].some((value) => value === null || Array.isArray(value)),
  open: openQueueEvent,
});

export const kafka: Source = queue('kafka');
export const rabbitMq: Source = queue('rabbitmq');
export const rocketMq: Source = queue('rocketmq');

/** The same layout without its type. It comes late in the table, as a message of its own may have such members too. */
export const untypedQueue: Source = {
  name: 'kafka',
  matches: (event) =>
    list(own(event, 'messages')).length > 0 ||
    list(own(event, 'records')).some((record) => Array.isArray(own(record, 'messages'))),
  open: openQueueEvent,
};

function* openQueueEvent(event: unknown): Iterable<Delivery> {
  for (const record of delivered(own(event, 'records'))) yield* each(messagesOf(record), fromStreamText);
  yield* each(delivered(own(event, 'messages')), fromStreamText);
}

/** A record of another layout must not pass for an empty one: it becomes a message that fails. */
function messagesOf(record: unknown): readonly unknown[] {
  const messages = own(record, 'messages');
  return messages === undefined ? [undefined] : delivered(messages);
}
