import { flag, id, integer, matching, nonEmptyList, oneOf, strictObject, text } from './helpers.mjs';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'ANY'];

const OBS_EVENTS = [
  'ObjectCreated',
  'ObjectCreated:Put',
  'ObjectCreated:Post',
  'ObjectCreated:Copy',
  'ObjectCreated:CompleteMultipartUpload',
  'ObjectRemoved',
  'ObjectRemoved:Delete',
  'ObjectRemoved:DeleteMarkerCreated',
];

const batchSize = integer(1, 1000);

/** JSON Schema of every event, by its name in `functions.<key>.events`. */
export const eventSchemas = {
  /** Shared gateway; with `instanceId`, a dedicated one. */
  apig: strictObject(
    {
      path: matching('^/'),
      method: oneOf(...METHODS),
      auth: oneOf('IAM', 'APP', 'NONE'),
      public: { const: true },
      groupId: id,
      name: matching('^[A-Za-z][A-Za-z0-9_]{2,63}$'),
      instanceId: id,
      envName: text,
      envId: id,
      subDomain: text,
      protocol: oneOf('HTTP', 'HTTPS'),
      matchMode: oneOf('NORMAL', 'SWA'),
      timeout: integer(1, 600_000),
    },
    ['path', 'method', 'auth', 'groupId'],
  ),
  eventGrid: strictObject(
    {
      channelId: id,
      channelName: text,
      sourceName: text,
      triggerName: text,
      agency: text,
      eventTypes: nonEmptyList(text),
      bucket: text,
      keyEncode: flag,
    },
    ['channelId', 'sourceName', 'triggerName', 'agency', 'eventTypes'],
  ),
  smn: strictObject({ topicUrn: matching('^urn:smn:') }, ['topicUrn']),
  kafka: strictObject(
    { instanceId: id, topicIds: nonEmptyList(text), batchSize, user: text, password: text, enabled: flag },
    ['instanceId', 'topicIds'],
  ),
  rabbitmq: strictObject(
    { instanceId: id, exchange: text, vhost: text, user: text, password: text, batchSize, ssl: flag },
    ['instanceId', 'exchange', 'user', 'password'],
  ),
  dis: strictObject(
    {
      streamName: text,
      startingPosition: oneOf('TRIM_HORIZON', 'LATEST'),
      maxFetchBytes: integer(1024, 4_194_304),
      pollingInterval: integer(2, 60_000),
      serial: flag,
    },
    ['streamName', 'startingPosition'],
  ),
  timer: strictObject(
    {
      name: matching('^[A-Za-z][A-Za-z0-9_-]{0,63}$'),
      rate: matching('^[1-9][0-9]*[mhd]$'),
      cron: text,
      input: { type: 'string' },
      enabled: flag,
    },
    ['name'],
  ),
  obs: strictObject(
    { bucket: text, events: nonEmptyList(oneOf(...OBS_EVENTS)), prefix: text, suffix: text, name: text },
    ['bucket', 'events', 'name'],
  ),
};
