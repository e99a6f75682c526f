import { randomUUID } from 'node:crypto';
import { base64, batch, nextPosition, objectOrText, SUPERSEDED, type Wrapping } from './wrapping.ts';

const REGION = 'cn-north-4';
const INSTANCE = '81335d56-b9fe-4679-ba95-7030949cc76b';

const queueEvent = (type: string, members: Readonly<Record<string, unknown>>) => ({
  event_version: 'v1.0',
  event_time: Math.floor(Date.now() / 1000),
  trigger_type: type,
  region: REGION,
  ...members,
});

const cloudEvent = (eventType: string, members: Readonly<Record<string, unknown>>) => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/uploads',
  type: eventType,
  time: new Date().toISOString(),
  ...members,
});

export const huaweiWrappings = {
  cloudevents: {
    wrap: (message, eventType = SUPERSEDED) =>
      cloudEvent(eventType, { datacontenttype: 'application/json', data: objectOrText(message) }),
  },
  'cloudevents-text': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data: message }),
  },
  'cloudevents-base64': {
    wrap: (message, eventType = SUPERSEDED) => cloudEvent(eventType, { data_base64: base64(message) }),
  },
  smn: batch((messages) => ({
    record: messages.map((message) => ({
      event_version: '1.0',
      event_source: 'smn',
      event_subscription_urn: 'functionUrn',
      smn: {
        topic_urn: `urn:smn:${REGION}:project:superseded`,
        timestamp: new Date().toISOString(),
        message_attributes: null,
        message,
        type: 'notification',
        message_id: randomUUID().replaceAll('-', ''),
        subject: 'superseded',
      },
    })),
  })),
  kafka: batch((messages) =>
    queueEvent('KAFKA', { instance_id: INSTANCE, records: [{ messages, topic_id: 'superseded' }] }),
  ),
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
        function_urn: `urn:fss:${REGION}:project:function:default:cancel-superseded:latest`,
        condition: 'UnhandledInvocationError',
        approximate_invoke_count: 1,
      },
      request_payload: message,
      response_context: { status_code: 500, function_error: 'UnhandledInvocationError' },
      response_payload: '',
    }),
  },
  direct: { wrap: objectOrText },
} as const satisfies Record<string, Wrapping>;
