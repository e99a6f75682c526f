import { randomUUID } from 'node:crypto';
import { base64, batch, type Fields, listed, nextPosition, SUPERSEDED, sample, type Wrapping } from './wrapping.ts';

const HUAWEI_REGION = 'cn-north-4';

function cloudEvent(type: string, data: Fields): Fields {
  const { data: _data, datacontenttype: _type, ...attributes } = sample('cloudevents', '');
  return { ...attributes, type, ...data };
}

const { instance_id, records: _records, ...QUEUE } = sample('kafka', '');

const queueEvent = (trigger_type: string, members: Fields): Fields => ({ ...QUEUE, trigger_type, ...members });

const cloudevents = {
  wrap: (message: string, eventType = SUPERSEDED): Fields => ({ ...sample('cloudevents', message), type: eventType }),
};

/** Sources and layouts on Huawei Cloud. */
export const huawei = {
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
