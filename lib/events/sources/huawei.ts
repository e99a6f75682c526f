import { isRecord, own } from '../../json.ts';
import { fromStream, fromStreamText } from './encoded.ts';
import { type Delivery, each, identified, list, membersOf, message, type Source } from './source.ts';

const notifications = (event: unknown): readonly unknown[] => list(own(event, 'record'));

/** Huawei SMN: the list is called `record`, in the singular. */
export const smn: Source = {
  name: 'smn',
  matches: (event) => notifications(event).some((record) => own(record, 'smn') !== undefined),
  open: (event) => each(notifications(event), (record) => openNotification(own(record, 'smn'))),
};

function openNotification(notification: unknown): Delivery {
  return identified(message(own(notification, 'message')), own(notification, 'message_id'));
}

/**
 * The message queues of FunctionGraph share one layout, and DMS Kafka and open-source Kafka also share the type.
 * `instance_id` is at the top or in each record. The oldest layout has no records, only `messages`.
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

/** The same layout without its type. It comes late in the table, because a message may have members of these names. */
export const untypedQueue: Source = {
  name: 'kafka',
  matches: (event) =>
    list(own(event, 'messages')).length > 0 ||
    list(own(event, 'records')).some((record) => Array.isArray(own(record, 'messages'))),
  open: openQueueEvent,
};

function* openQueueEvent(event: unknown): Iterable<Delivery> {
  for (const record of membersOf(own(event, 'records'))) yield* each(messagesOf(record), fromStreamText);
  yield* each(membersOf(own(event, 'messages')), fromStreamText);
}

/** A record of an unknown layout is not an empty one: it becomes a message that fails. */
function messagesOf(record: unknown): readonly unknown[] {
  const messages = own(record, 'messages');
  return messages === undefined ? [undefined] : membersOf(messages);
}

const streamRecords = (event: unknown): unknown => own(own(event, 'Message'), 'records');

/** Huawei DIS, a stream. */
export const dis: Source = {
  name: 'dis',
  matches: (event) =>
    Array.isArray(streamRecords(event)) ||
    (own(event, 'StreamName') !== undefined && own(event, 'Message') !== undefined),
  open: (event) => each(membersOf(streamRecords(event)), (record) => openStreamRecord(event, record)),
};

/** A sequence number is unique within its shard. */
function openStreamRecord(event: unknown, record: unknown): Delivery {
  const shard = [own(event, 'StreamName') ?? '-', own(event, 'ShardID') ?? '-'];
  return identified(fromStream(own(record, 'data')), ...shard, own(record, 'sequence_number'));
}

/** FunctionGraph's timer: the text that the user entered for the timer. */
export const timer: Source = {
  name: 'timer',
  matches: (event) => own(event, 'trigger_type') === 'TIMER',
  open: (event) => [message(own(event, 'user_event'))],
};

/** Whether an event is what FunctionGraph sends to the destination of an asynchronous invocation. */
export function isDestinationRecord(event: unknown): boolean {
  return isRecord(own(event, 'request_context')) && isRecord(own(event, 'response_context'));
}

/** A destination record is replayed by sending it to the function. One without its payload has nothing to replay. */
export const destination: Source = {
  name: 'destination',
  matches: (event) => {
    const payload = own(event, 'request_payload');
    return isDestinationRecord(event) && payload !== undefined && payload !== null && payload !== '';
  },
  open: (event) => [message(own(event, 'request_payload'))],
};
