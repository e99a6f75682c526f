import { randomUUID } from 'node:crypto';
import { batch, objectOrText, SUPERSEDED, type Wrapping } from './wrapping.ts';

const REGION = 'cn-north-4';
export const INSTANCE = '81335d56-b9fe-4679-ba95-7030949cc76b';

export const queueEvent = (type: string, members: Readonly<Record<string, unknown>>) => ({
  event_version: 'v1.0',
  event_time: Math.floor(Date.now() / 1000),
  trigger_type: type,
  region: REGION,
  ...members,
});

export const cloudEvent = (eventType: string, members: Readonly<Record<string, unknown>>) => ({
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
  direct: { wrap: objectOrText },
} as const satisfies Record<string, Wrapping>;
