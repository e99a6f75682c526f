import { randomUUID } from 'node:crypto';
import { WRAPPINGS as WRAPPINGS_OF_EMIT } from '../../local/emit/wrap.ts';
import { kafkaEvent } from '../../local/emit/wrap-aws.ts';
import { cloudEvent, INSTANCE, queueEvent } from '../../local/emit/wrap-huawei.ts';
import { base64, batch, nextPosition, SUPERSEDED, type Wrapping } from '../../local/emit/wrapping.ts';

export { OBJECT_WRAPPINGS } from '../../local/emit/wrap-objects.ts';
export type { Wrapping } from '../../local/emit/wrapping.ts';

const HUAWEI_REGION = 'cn-north-4';
const AWS_REGION = 'eu-central-1';
const ACCOUNT = '123456789012';

/** The headers of a CloudEvent in Kafka's binary mode, as Lambda passes them. */
function kafkaHeaders(attributes: Readonly<Record<string, string>>): object[] {
  return Object.entries(attributes).map(([name, value]) => ({ [`ce_${name}`]: [...Buffer.from(value)] }));
}

type Fields = Readonly<Record<string, unknown>>;

const recordsOf = (event: unknown): readonly Fields[] => (event as { readonly Records: readonly Fields[] }).Records;

/** Kafka's records as EventBridge Pipes delivers them: flat, each with the event's source. */
function pipedKafka(event: unknown): Fields[] {
  const { eventSource, bootstrapServers, records } = event as Fields & { records: Record<string, Fields[]> };
  return Object.values(records).flatMap((partition) =>
    partition.map((record) => ({ ...record, eventSource, bootstrapServers })),
  );
}

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

const selfManagedKafka = batch((messages) => kafkaEvent('SelfManagedKafka', messages));

/** Other sources and layouts on Huawei Cloud. */
const huawei = {
  'cloudevents-text': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data: message }),
  },
  'cloudevents-base64': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data_base64: base64(message) }),
  },
  'kafka-by-record': batch((messages) =>
    queueEvent('KAFKA', {
      records: messages.map((message) => ({ messages: [message], instance_id: INSTANCE, topic_id: 'superseded' })),
    }),
  ),
  'kafka-oldest': batch((messages) => queueEvent('KAFKA', { messages, instance_id: INSTANCE, topic_id: 'superseded' })),
  rabbitmq: batch((messages) =>
    queueEvent('RABBITMQ', { records: [{ messages, instance_id: INSTANCE, exchange: 'superseded' }] }),
  ),
  rocketmq: batch((messages) =>
    queueEvent('ROCKETMQ', { instance_id: INSTANCE, records: [{ messages, topic_id: 'superseded' }] }),
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

/** Other sources and layouts on AWS. */
const aws = {
  kinesis,
  'self-managed-kafka': selfManagedKafka,
  'sns-notification': {
    wrap: (message) => ({
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: `arn:aws:sns:${AWS_REGION}:${ACCOUNT}:superseded`,
      Message: message,
      Timestamp: new Date().toISOString(),
    }),
  },
  'msk-cloudevents': {
    wrap: (message, eventType = SUPERSEDED) =>
      kafkaEvent(
        'aws:kafka',
        [message],
        kafkaHeaders({ specversion: '1.0', id: randomUUID(), source: '/uploads', type: eventType }),
      ),
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
    wrap: (message, eventType?: string) => [WRAPPINGS_OF_EMIT.cloudevents.wrap(message, eventType)],
    wrapAll: (messages) => messages.map((message) => WRAPPINGS_OF_EMIT.cloudevents.wrap(message)),
  },
  'pipes-sqs': batch((messages) => recordsOf(WRAPPINGS_OF_EMIT.sqs.wrapAll(messages))),
  'pipes-kinesis': batch((messages) =>
    recordsOf(kinesis.wrapAll(messages)).map(({ kinesis, ...record }) => ({
      ...(kinesis as Fields),
      ...record,
    })),
  ),
  'pipes-msk': batch((messages) => pipedKafka(WRAPPINGS_OF_EMIT.msk.wrapAll(messages))),
  'pipes-self-managed-kafka': batch((messages) => pipedKafka(selfManagedKafka.wrapAll(messages))),
} as const satisfies Record<string, Wrapping>;

/**
 * Every source, and every layout of a source, that the functions read: those of `npm run emit`, and the rest. A layout has
 * a name of its own.
 */
export const WRAPPINGS = { ...WRAPPINGS_OF_EMIT, ...huawei, ...aws, ...lists } as const satisfies Record<
  string,
  Wrapping
>;

export type WrappingName = keyof typeof WRAPPINGS;
