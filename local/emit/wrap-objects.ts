import { randomUUID } from 'node:crypto';

/** Encodes an object's key as records do: URL-encoded, with `+` for a space. */
const encoded = (key: string): string => encodeURIComponent(key).replaceAll('%20', '+');

/** The events of each source that says "an object with this key was created". */
export const OBJECT_WRAPPINGS = {
  obs: (key) => ({
    Records: [
      {
        eventVersion: '3.0',
        eventSource: 'OBS',
        eventRegion: 'cn-north-4',
        eventTime: new Date().toISOString(),
        eventName: 'ObjectCreated:Put',
        obs: { Version: '1.0', bucket: { name: 'uploads' }, object: { key: encoded(key), size: 1, sequencer: '1' } },
      },
    ],
  }),
  s3: (key) => ({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-central-1',
        eventTime: new Date().toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: { s3SchemaVersion: '1.0', bucket: { name: 'uploads' }, object: { key: encoded(key), size: 1 } },
      },
    ],
  }),
  'eventgrid-obs': (key) => ({
    specversion: '1.0',
    id: randomUUID(),
    source: 'HC.OBS.DWR',
    type: 'OBS:DWR:ObjectCreated:PUT',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    subject: encoded(key),
    data: {
      eventName: 'ObjectCreated:Put',
      obs: { bucket: { name: 'uploads' }, object: { key: encoded(key), size: 1 } },
    },
  }),
  'eventbridge-s3': (key) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    time: new Date().toISOString(),
    region: 'eu-central-1',
    resources: ['arn:aws:s3:::uploads'],
    detail: { version: '0', bucket: { name: 'uploads' }, object: { key, size: 1 }, reason: 'PutObject' },
  }),
} as const satisfies Record<string, (key: string) => unknown>;

export type ObjectWrappingName = keyof typeof OBJECT_WRAPPINGS;
