import { asText, present } from '../json.mjs';

/** @import { Body, DesiredTrigger, EventConfig, FunctionConfig, Json } from '../types.ts' */

/** APIG's own default, in milliseconds. */
const APIG_TIMEOUT_MS = 5000;

/** Every account's RELEASE environment has this id. */
const RELEASE_ENVIRONMENT_ID = 'DEFAULT_ENVIRONMENT_RELEASE_ID';

/**
 * OBS speaks of its events with S3's names; a kind without a way (`ObjectCreated`) means every way.
 *
 * @param {Json | undefined} events
 */
const s3Events = (events) =>
  [...(Array.isArray(events) ? events : [])].map((event) =>
    asText(event).includes(':') ? `s3:${asText(event)}` : `s3:${asText(event)}:*`,
  );

/**
 * How each event of serverless.yml becomes a trigger: its type, and its `event_data`. The field names are those of the
 * API's "create a trigger"; the constant ones are what the console sends.
 *
 * @type {Record<string, { type: (event: Body) => string, data: (event: Body, functionName: string) => Body }>}
 */
const TRIGGERS = {
  apig: {
    type: (event) => (event['instanceId'] === undefined ? 'APIG' : 'DEDICATEDGATEWAY'),
    data: (event, functionName) =>
      present({
        name: event['name'] ?? `API_${functionName.replaceAll('-', '_')}`,
        path: event['path'],
        req_method: event['method'],
        auth: event['auth'],
        group_id: event['groupId'],
        instance_id: event['instanceId'],
        env_name: event['envName'] ?? 'RELEASE',
        env_id: event['envId'] ?? (event['envName'] === undefined ? RELEASE_ENVIRONMENT_ID : undefined),
        sl_domain: event['subDomain'],
        protocol: event['protocol'] ?? 'HTTPS',
        match_mode: event['matchMode'] ?? 'NORMAL',
        backend_type: 'FUNCTION',
        type: 1,
        func_info: { timeout: event['timeout'] ?? APIG_TIMEOUT_MS },
      }),
  },
  eventGrid: {
    type: () => 'EVENTGRID',
    data: (event) =>
      present({
        channel_id: event['channelId'],
        channel_name: event['channelName'],
        source_name: event['sourceName'],
        trigger_name: event['triggerName'],
        agency: event['agency'],
        event_types: event['eventTypes'],
        bucket: event['bucket'],
        Key_encode: event['keyEncode'],
      }),
  },
  smn: { type: () => 'SMN', data: (event) => present({ topic_urn: event['topicUrn'] }) },
  kafka: {
    type: () => 'KAFKA',
    data: (event) =>
      present({
        instance_id: event['instanceId'],
        topic_ids: event['topicIds'],
        batch_size: event['batchSize'] ?? 100,
        kafka_user: event['user'],
        kafka_password: event['password'],
      }),
  },
  rabbitmq: {
    type: () => 'RABBITMQ',
    data: (event) =>
      present({
        instance_id: event['instanceId'],
        exchange_name: event['exchange'],
        vhost: event['vhost'] ?? '/',
        batch_size: event['batchSize'] ?? 100,
        access_user: event['user'],
        access_password: event['password'],
        ssl_enable: event['ssl'],
      }),
  },
  dis: {
    type: () => 'DIS',
    data: (event) =>
      present({
        stream_name: event['streamName'],
        sharditerator_type: event['startingPosition'],
        max_fetch_bytes: event['maxFetchBytes'] ?? 1_048_576,
        polling_interval: event['pollingInterval'] ?? 30_000,
        polling_unit: 'ms',
        is_serial: asText(event['serial'] ?? true),
      }),
  },
  timer: {
    type: () => 'TIMER',
    data: (event) =>
      present({
        name: event['name'],
        schedule_type: event['rate'] === undefined ? 'Cron' : 'Rate',
        schedule: event['rate'] ?? event['cron'],
        user_event: event['input'],
      }),
  },
  obs: {
    type: () => 'OBS',
    data: (event) =>
      present({
        name: event['name'],
        bucket: event['bucket'],
        events: s3Events(event['events']),
        prefix: event['prefix'],
        suffix: event['suffix'],
      }),
  },
};

/**
 * @param {EventConfig} event
 * @param {string} functionName
 * @returns {DesiredTrigger}
 */
const desiredTrigger = (event, functionName) => {
  const [[name, settings] = ['', {}]] = Object.entries(event);
  const trigger = TRIGGERS[name];
  if (trigger === undefined) throw new TypeError(`The schema let the unknown event "${name}" pass`);
  return {
    trigger_type_code: trigger.type(settings),
    // Kafka triggers are created disabled unless told otherwise.
    trigger_status: settings['enabled'] === false ? 'DISABLED' : 'ACTIVE',
    event_data: trigger.data(settings, functionName),
  };
};

/** @param {FunctionConfig} fn */
export const desiredTriggers = (fn) => fn.events.map((event) => desiredTrigger(event, fn.name));
