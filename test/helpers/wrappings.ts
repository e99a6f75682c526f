import { randomUUID } from 'node:crypto';
import { parseJson } from '../../lib/json.ts';
import { KEY_SOURCES, keyValues, messageValues, type Source, sampleEvent } from '../../local/emit/sample-event.ts';

/** How one source wraps messages into an event. */
export interface Wrapping {
  /**
   * @param message - JSON text or a plain asset id
   * @param eventType - for the sources that give an event a type
   */
  readonly wrap: (message: string, eventType?: string) => unknown;
  /** For sources that deliver several messages at once. */
  readonly wrapAll?: (messages: readonly string[]) => unknown;
}

const SUPERSEDED = 'vod.upload.superseded';
const HUAWEI_REGION = 'cn-north-4';
const AWS_REGION = 'eu-central-1';
const ACCOUNT = '123456789012';

type Fields = Readonly<Record<string, unknown>>;

/** A source that delivers batches. */
function batch<Event>(wrapAll: (messages: readonly string[]) => Event) {
  return { wrapAll, wrap: (message: string): Event => wrapAll([message]) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

let lastPosition = Date.now();

/** Returns a new position in a stream. A repeated position would count as a redelivery. */
function nextPosition(): number {
  lastPosition += 1;
  return lastPosition;
}

/** The event of `npm run emit` for a source. A message that is no JSON object or list is passed on as text. */
function sample(source: Source, message: string): Fields {
  const json = parseJson(message);
  const values = messageValues(message, typeof json === 'object' && json !== null ? json : message);
  return sampleEvent(source, { ...values, '<milliseconds>': nextPosition() }) as Fields;
}

/** A source whose event is a list of records under this name. */
const listed = (source: Source, name: string) =>
  batch((messages) => ({ [name]: messages.flatMap((message) => sample(source, message)[name] as Fields[]) }));

function cloudEvent(type: string, data: Fields): Fields {
  const { data: _data, datacontenttype: _type, ...attributes } = sample('cloudevents', '');
  return { ...attributes, type, ...data };
}

const { instance_id, records: _records, ...QUEUE } = sample('kafka', '');

const queueEvent = (trigger_type: string, members: Fields): Fields => ({ ...QUEUE, trigger_type, ...members });

const PARTITION = 'superseded-0';

const partitionOf = (event: Fields): Fields[] =>
  (event['records'] as Readonly<Record<string, Fields[]>>)[PARTITION] ?? [];

function kafkaEvent(eventSource: string, messages: readonly string[], more: Fields = {}): Fields {
  const records = messages.flatMap((message) => partitionOf(sample('msk', message)));
  return {
    ...sample('msk', ''),
    eventSource,
    records: { [PARTITION]: records.map((record) => ({ ...record, ...more })) },
  };
}

/** The headers of a CloudEvent in Kafka's binary mode, as Lambda passes them. */
function kafkaHeaders(attributes: Readonly<Record<string, string>>): object[] {
  return Object.entries(attributes).map(([name, value]) => ({ [`ce_${name}`]: [...Buffer.from(value)] }));
}

/** Kafka's records as EventBridge Pipes delivers them: flat, each with the event's source. */
function pipedKafka(event: Fields): Fields[] {
  const { eventSource, bootstrapServers } = event;
  return partitionOf(event).map((record) => ({ ...record, eventSource, bootstrapServers }));
}

const recordsOf = (event: unknown): readonly Fields[] => (event as { readonly Records: readonly Fields[] }).Records;

const kinesis = batch((messages) => ({
  Records: messages.map((message) => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: '1',
      sequenceNumber: String(nextPosition()),
      data: base64(message),
      approximateArrivalTimestamp: Date.now() / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${nextPosition()}`,
    eventName: 'aws:kinesis:record',
    awsRegion: AWS_REGION,
    eventSourceARN: `arn:aws:kinesis:${AWS_REGION}:${ACCOUNT}:stream/superseded`,
  })),
}));

const sqs = listed('sqs', 'Records');
const msk = batch((messages) => kafkaEvent('aws:kafka', messages));
const selfManagedKafka = batch((messages) => kafkaEvent('SelfManagedKafka', messages));
const cloudevents = {
  wrap: (message: string, eventType = SUPERSEDED): Fields => ({ ...sample('cloudevents', message), type: eventType }),
};

/** Sources and layouts on Huawei Cloud. */
const huawei = {
  cloudevents,
  'cloudevents-text': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data: message }),
  },
  'cloudevents-base64': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data_base64: base64(message) }),
  },
  smn: listed('smn', 'record'),
  kafka: batch((messages) => queueEvent('KAFKA', { instance_id, records: [{ messages, topic_id: 'superseded' }] })),
  'kafka-by-record': batch((messages) =>
    queueEvent('KAFKA', {
      records: messages.map((message) => ({ messages: [message], instance_id, topic_id: 'superseded' })),
    }),
  ),
  'kafka-oldest': batch((messages) => queueEvent('KAFKA', { messages, instance_id, topic_id: 'superseded' })),
  rabbitmq: batch((messages) =>
    queueEvent('RABBITMQ', { records: [{ messages, instance_id, exchange: 'superseded' }] }),
  ),
  rocketmq: batch((messages) =>
    queueEvent('ROCKETMQ', { instance_id, records: [{ messages, topic_id: 'superseded' }] }),
  ),
  dis: batch((messages) => ({
    ShardID: 'shardId-0000000000',
    StreamName: 'superseded',
    Tag: 'latest',
    Message: {
      next_partition_cursor: '',
      millis_behind_latest: '',
      records: messages.map((message) => ({
        partition_key: 'shardId_0000000000',
        data: base64(message),
        sequence_number: String(nextPosition()),
      })),
    },
  })),
  timer: {
    wrap: (message) => ({
      version: 'v1.0',
      time: new Date().toISOString(),
      trigger_type: 'TIMER',
      trigger_name: 'superseded',
      user_event: message,
    }),
  },
  destination: {
    wrap: (message) => ({
      timestamp: new Date().toISOString(),
      request_context: {
        request_id: randomUUID(),
        function_urn: `urn:fss:${HUAWEI_REGION}:project:function:default:cancel-superseded:latest`,
        condition: 'UnhandledInvocationError',
        approximate_invoke_count: 1,
      },
      request_payload: message,
      response_context: { status_code: 500, function_error: 'UnhandledInvocationError' },
      response_payload: '',
    }),
  },
} as const satisfies Record<string, Wrapping>;

/** Sources and layouts on AWS. */
const aws = {
  eventbridge: {
    wrap: (message: string, eventType = SUPERSEDED): Fields => ({
      ...sample('eventbridge', message),
      'detail-type': eventType,
    }),
  },
  sqs,
  sns: listed('sns', 'Records'),
  msk,
  kinesis,
  'self-managed-kafka': selfManagedKafka,
  'sns-notification': { wrap: (message) => recordsOf(sample('sns', message))[0]?.['Sns'] },
  'msk-cloudevents': {
    wrap: (message, eventType = SUPERSEDED) =>
      kafkaEvent('aws:kafka', [message], {
        headers: kafkaHeaders({ specversion: '1.0', id: randomUUID(), source: '/uploads', type: eventType }),
      }),
  },
  'amazon-activemq': batch((messages) => ({
    eventSource: 'aws:mq',
    eventSourceArn: `arn:aws:mq:${AWS_REGION}:${ACCOUNT}:broker:superseded:b-1`,
    messages: messages.map((message) => ({
      messageID: `ID:b-1.mq.${AWS_REGION}.amazonaws.com-1`,
      messageType: 'jms/text-message',
      deliveryMode: 1,
      redelivered: false,
      destination: { physicalName: 'superseded' },
      data: base64(message),
    })),
  })),
  'amazon-rabbitmq': batch((messages) => ({
    eventSource: 'aws:rmq',
    eventSourceArn: `arn:aws:mq:${AWS_REGION}:${ACCOUNT}:broker:superseded:b-1`,
    rmqMessagesByQueue: {
      'superseded::/': messages.map((message) => ({
        basicProperties: { contentType: 'application/json', headers: null, deliveryMode: 1 },
        redelivered: false,
        data: base64(message),
      })),
    },
  })),
} as const satisfies Record<string, Wrapping>;

/** Events that are lists without an envelope: EventBridge Pipes, and the batch format of CloudEvents. */
const lists = {
  'cloudevents-batch': {
    wrap: (message, eventType?: string) => [cloudevents.wrap(message, eventType)],
    wrapAll: (messages) => messages.map((message) => cloudevents.wrap(message)),
  },
  'pipes-sqs': batch((messages) => recordsOf(sqs.wrapAll(messages))),
  'pipes-kinesis': batch((messages) =>
    recordsOf(kinesis.wrapAll(messages)).map(({ kinesis, ...record }) => ({
      ...(kinesis as Fields),
      ...record,
    })),
  ),
  'pipes-msk': batch((messages) => pipedKafka(msk.wrapAll(messages))),
  'pipes-self-managed-kafka': batch((messages) => pipedKafka(selfManagedKafka.wrapAll(messages))),
} as const satisfies Record<string, Wrapping>;

/** Every source, and every layout of a source, that the functions read. A layout has a name of its own. */
export const WRAPPINGS = {
  ...huawei,
  ...aws,
  ...lists,
  direct: { wrap: (message: string): unknown => sample('direct', message) },
} as const satisfies Record<string, Wrapping>;

export type WrappingName = keyof typeof WRAPPINGS;

/** The events of each source that says "an object with this key was created". */
export const OBJECT_WRAPPINGS = Object.fromEntries(
  KEY_SOURCES.map((source) => [source, (key: string) => sampleEvent(source, keyValues(key)) as Fields]),
) as Readonly<Record<(typeof KEY_SOURCES)[number], (key: string) => Fields>>;
