import { randomUUID } from 'node:crypto';
import { base64, batch, kafkaHeaders, nextPosition, objectOrText, SUPERSEDED, type Wrapping } from './wrapping.ts';

const REGION = 'eu-central-1';
const ACCOUNT = '123456789012';
const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:superseded`;

export const kafkaEvent = (eventSource: string, messages: readonly string[], headers: readonly object[] = []) => ({
  eventSource,
  bootstrapServers: 'b-1.example.com:9092',
  records: {
    'superseded-0': messages.map((message) => ({
      topic: 'superseded',
      partition: 0,
      offset: nextPosition(),
      timestamp: Date.now(),
      timestampType: 'CREATE_TIME',
      value: base64(message),
      headers,
    })),
  },
});

export const awsWrappings = {
  eventbridge: {
    wrap: (message, eventType = SUPERSEDED) => ({
      version: '0',
      id: randomUUID(),
      'detail-type': eventType,
      source: 'com.example.uploads',
      account: ACCOUNT,
      time: new Date().toISOString(),
      region: REGION,
      resources: [],
      detail: objectOrText(message),
    }),
  },
  sqs: batch((messages) => ({
    Records: messages.map((body) => ({
      messageId: randomUUID(),
      receiptHandle: 'handle',
      body,
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:superseded`,
      awsRegion: REGION,
    })),
  })),
  sns: batch((messages) => ({
    Records: messages.map((message) => ({
      EventVersion: '1.0',
      EventSource: 'aws:sns',
      EventSubscriptionArn: `${TOPIC}:${randomUUID()}`,
      Sns: {
        Type: 'Notification',
        MessageId: randomUUID(),
        TopicArn: TOPIC,
        Subject: null,
        Message: message,
        Timestamp: new Date().toISOString(),
        MessageAttributes: {},
      },
    })),
  })),
  'sns-notification': {
    wrap: (message) => ({
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: TOPIC,
      Message: message,
      Timestamp: new Date().toISOString(),
    }),
  },
  kinesis: batch((messages) => ({
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
      awsRegion: REGION,
      eventSourceARN: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/superseded`,
    })),
  })),
  msk: batch((messages) => kafkaEvent('aws:kafka', messages)),
  'msk-cloudevents': {
    wrap: (message, eventType = SUPERSEDED) =>
      kafkaEvent(
        'aws:kafka',
        [message],
        kafkaHeaders({ specversion: '1.0', id: randomUUID(), source: '/uploads', type: eventType }),
      ),
  },
  'self-managed-kafka': batch((messages) => kafkaEvent('SelfManagedKafka', messages)),
  'amazon-activemq': batch((messages) => ({
    eventSource: 'aws:mq',
    eventSourceArn: `arn:aws:mq:${REGION}:${ACCOUNT}:broker:superseded:b-1`,
    messages: messages.map((message) => ({
      messageID: `ID:b-1.mq.${REGION}.amazonaws.com-1`,
      messageType: 'jms/text-message',
      deliveryMode: 1,
      redelivered: false,
      destination: { physicalName: 'superseded' },
      data: base64(message),
    })),
  })),
  'amazon-rabbitmq': batch((messages) => ({
    eventSource: 'aws:rmq',
    eventSourceArn: `arn:aws:mq:${REGION}:${ACCOUNT}:broker:superseded:b-1`,
    rmqMessagesByQueue: {
      'superseded::/': messages.map((message) => ({
        basicProperties: { contentType: 'application/json', headers: null, deliveryMode: 1 },
        redelivered: false,
        data: base64(message),
      })),
    },
  })),
} as const satisfies Record<string, Wrapping>;
