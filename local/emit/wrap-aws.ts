import { randomUUID } from 'node:crypto';
import { base64, batch, nextPosition, objectOrText, SUPERSEDED, type Wrapping } from './wrapping.ts';

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
  msk: batch((messages) => kafkaEvent('aws:kafka', messages)),
} as const satisfies Record<string, Wrapping>;
