import { isRecord, own } from '../../json.ts';
import { ignored } from '../items.ts';
import { inBinaryMode } from './cloudevents.ts';
import { fromBase64, fromStream } from './encoded.ts';
import { type Delivery, each, identified, isListOf, known, list, membersOf, message, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

const isFrom = (eventSource: string) => (record: unknown) => own(record, 'eventSource') === eventSource;

/** Lambda's destination record, or the EventBridge event that has one as its `detail`. */
export function isLambdaDestinationRecord(event: unknown): boolean {
  return [event, own(event, 'detail')].some(
    (record) => isRecord(own(record, 'requestContext')) && isRecord(own(record, 'responseContext')),
  );
}

/**
 * AWS EventBridge: no other event has a member spelled `detail-type`. Lambda's destination records also come this way.
 * This source does not take them: if it ignored one because of its type, the failed event would be lost.
 */
export const eventBridge: Source = {
  name: 'eventbridge',
  matches: (event) => typeof own(event, 'detail-type') === 'string' && !isLambdaDestinationRecord(event),
  open: (event) => [
    identified({ eventType: String(own(event, 'detail-type')), ...message(own(event, 'detail')) }, own(event, 'id')),
  ],
};

const isFromSqs = isFrom('aws:sqs');

/** AWS SQS, the only source whose failed messages can be named one by one. */
export const sqs: Source = {
  name: 'sqs',
  failureReport: 'batch_item_failures',
  matches: (event) => records(event).some((record) => typeof own(record, 'body') === 'string' || isFromSqs(record)),
  open: (event) => each(records(event), openSqsRecord),
};

/** SQS through EventBridge Pipes: the records without an envelope, also a single one. */
export const pipedSqs: Source = {
  name: 'sqs',
  failureReport: 'batch_item_failures',
  matches: (event) => isListOf(event, isFromSqs),
  open: (event) => each(list(event), openSqsRecord),
};

function openSqsRecord(record: unknown): Delivery {
  const messageId = own(record, 'messageId');
  const delivery = message(own(record, 'body'));
  // If an identifier is empty, Lambda treats the whole batch as failed.
  return typeof messageId === 'string' && messageId !== ''
    ? identified({ itemIdentifier: messageId, ...delivery }, messageId)
    : delivery;
}

/** AWS SNS, as it calls a function. */
export const sns: Source = {
  name: 'sns',
  matches: (event) => records(event).some((record) => own(record, 'Sns') !== undefined),
  open: (event) => each(records(event), (record) => openNotification(own(record, 'Sns'))),
};

/** SNS puts this into an SQS queue: only the notification, in the layout of its HTTP deliveries. */
export const snsNotification: Source = {
  name: 'sns',
  matches: (event) => own(event, 'Type') === 'Notification' && typeof own(event, 'TopicArn') === 'string',
  open: (event) => [openNotification(event)],
};

function openNotification(notification: unknown): Delivery {
  return identified(message(own(notification, 'Message')), own(notification, 'MessageId'));
}

/** AWS Kinesis Data Streams. */
export const kinesis: Source = {
  name: 'kinesis',
  matches: (event) => records(event).some((record) => own(record, 'kinesis') !== undefined),
  open: (event) => each(records(event), (record) => openKinesisRecord(record, own(record, 'kinesis'))),
};

/**
 * Kinesis through EventBridge Pipes: the records without an envelope, the members of `kinesis` in the record itself.
 */
export const pipedKinesis: Source = {
  name: 'kinesis',
  matches: (event) => isListOf(event, isFrom('aws:kinesis')),
  open: (event) => each(list(event), (record) => openKinesisRecord(record, own(record, 'kinesis') ?? record)),
};

/** A sequence number is unique within its shard, and the event id holds the shard. */
function openKinesisRecord(record: unknown, inner: unknown): Delivery {
  const shard = [own(record, 'eventSourceARN') ?? '-', own(record, 'eventID') ?? '-'];
  return identified(fromStream(own(inner, 'data')), ...shard, own(inner, 'sequenceNumber'));
}

/** Kafka on Lambda: `records` is an object with one list for each partition. */
const kafkaOnLambda = (name: string, eventSource: string): Source => ({
  name,
  matches: (event) => {
    const partitionLists = own(event, 'records');
    return isFrom(eventSource)(event) && (partitionLists === null || isRecord(partitionLists));
  },
  open: openPartitions,
});

/** Kafka through EventBridge Pipes: the records without an envelope, each with its `eventSource`. */
const pipedKafka = (name: string, eventSource: string): Source => ({
  name,
  matches: (event) => isListOf(event, isFrom(eventSource)),
  open: (event) => each(list(event), (record) => openKafkaRecord(record, clusterOf(record))),
});

export const msk: Source = kafkaOnLambda('msk', 'aws:kafka');
export const pipedMsk: Source = pipedKafka('msk', 'aws:kafka');
export const selfManagedKafka: Source = kafkaOnLambda('self-managed-kafka', 'SelfManagedKafka');
export const pipedSelfManagedKafka: Source = pipedKafka('self-managed-kafka', 'SelfManagedKafka');

/** The layout of Kafka on Lambda without its `eventSource`, recognised by its lists. */
export const untypedAwsKafka: Source = {
  name: 'msk',
  matches: (event) => partitions(event).some((partition) => Array.isArray(partition)),
  open: openPartitions,
};

function* openPartitions(event: unknown): Iterable<Delivery> {
  for (const partition of partitions(event))
    yield* each(membersOf(partition), (record) => openKafkaRecord(record, clusterOf(event)));
}

function partitions(event: unknown): readonly unknown[] {
  const partitionLists = own(event, 'records');
  return isRecord(partitionLists) ? Object.values(partitionLists) : [];
}

const clusterOf = (event: unknown): unknown => own(event, 'eventSourceArn') ?? own(event, 'bootstrapServers') ?? '-';

function openKafkaRecord(record: unknown, cluster: unknown): Delivery {
  if (!isRecord(record)) return message(undefined);
  const value = own(record, 'value');
  // A tombstone deletes a key. If it failed, its partition would be blocked for ever.
  if (value === undefined || value === null) return known(ignored('tombstone'));
  const place = ['topic', 'partition', 'offset'].map((name) => own(record, name));
  return identified(inBinaryMode(headersOf(record), fromStream(value)), cluster, ...place);
}

/** A list of objects with one header each, whose value is a list of bytes. */
function headersOf(record: unknown): readonly (readonly [name: string, value: unknown])[] {
  return list(own(record, 'headers')).flatMap((header) => (isRecord(header) ? Object.entries(header) : []));
}

const openMqMessage = (mqMessage: unknown): Delivery => fromBase64(own(mqMessage, 'data'));

/** Amazon MQ for ActiveMQ. */
export const activeMq: Source = {
  name: 'amazon-activemq',
  matches: (event) => isFrom('aws:mq')(event) && own(event, 'messages') !== undefined,
  open: (event) => each(membersOf(own(event, 'messages')), openMqMessage),
};

/** Amazon MQ for RabbitMQ: one list for each queue and virtual host. */
export const amazonRabbitMq: Source = {
  name: 'amazon-rabbitmq',
  matches: (event) => {
    const queues = queuesOf(event);
    return isFrom('aws:rmq')(event) && (queues === null || isRecord(queues));
  },
  open: openQueues,
};

const queuesOf = (event: unknown): unknown => own(event, 'rmqMessagesByQueue');

function* openQueues(event: unknown): Iterable<Delivery> {
  for (const queue of Object.values(queuesOf(event) ?? {})) yield* each(membersOf(queue), openMqMessage);
}
