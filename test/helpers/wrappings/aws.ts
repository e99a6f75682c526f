import { randomUUID } from 'node:crypto';
import { base64, batch, type Fields, listed, nextPosition, SUPERSEDED, sample, type Wrapping } from './wrapping.ts';

const AWS_REGION = 'eu-central-1';
const ACCOUNT = '123456789012';

const PARTITION = 'superseded-0';

export const partitionOf = (event: Fields): Fields[] =>
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

export const recordsOf = (event: unknown): readonly Fields[] =>
  (event as { readonly Records: readonly Fields[] }).Records;

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

/** Sources and layouts on AWS. */
export const aws = {
  eventbridge: {
    wrap: (message: string, eventType = SUPERSEDED): Fields => ({
      ...sample('eventbridge', message),
      'detail-type': eventType,
    }),
  },
  sqs: listed('sqs', 'Records'),
  sns: listed('sns', 'Records'),
  msk: batch((messages) => kafkaEvent('aws:kafka', messages)),
  kinesis,
  'self-managed-kafka': batch((messages) => kafkaEvent('SelfManagedKafka', messages)),
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
