import { describe, expect, it } from 'vitest';
import { desiredFunction } from '../../../plugins/functiongraph/desired/function.mjs';
import type { DesiredFunction, EventConfig, FunctionConfig } from '../../../plugins/functiongraph/types.ts';

const PROVIDER = { name: 'huawei', region: 'cn-north-4' };

const desired = (settings: Partial<FunctionConfig> = {}): DesiredFunction => {
  const fn = { name: 'sample-dev-tiny', handler: 'index.handler', bundle: '.', events: [], ...settings };
  return desiredFunction('tiny', fn, PROVIDER, Buffer.from('zip'));
};

describe('what a function should be', () => {
  it('is the platform’s default where serverless.yml says nothing', () => {
    expect(desired()).toEqual({
      key: 'tiny',
      name: 'sample-dev-tiny',
      artifact: 'tiny.zip',
      code: {
        sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
        size: 3,
      },
      create: {
        func_name: 'sample-dev-tiny',
        package: 'default',
        type: 'v2',
        runtime: 'Node.js20.15',
        handler: 'index.handler',
        memory_size: 128,
        timeout: 3,
        user_data: '{}',
        code_type: 'zip',
        code_filename: 'tiny.zip',
      },
      config: {
        func_name: 'sample-dev-tiny',
        runtime: 'Node.js20.15',
        handler: 'index.handler',
        memory_size: 128,
        timeout: 3,
        user_data: '{}',
      },
      maxInstances: null,
      asyncConfig: null,
      triggers: [],
    });
  });

  it.each<[Partial<FunctionConfig>, object]>([
    [{ maximumRetryAttempts: 0 }, { max_async_retry_attempts: 0, max_async_event_age_in_seconds: 3600 }],
    [{ maximumEventAge: 60 }, { max_async_retry_attempts: 1, max_async_event_age_in_seconds: 60 }],
    [
      { destinations: { onFailure: { destination: 'DIS', param: { stream_name: 'failed' } } } },
      {
        max_async_retry_attempts: 1,
        max_async_event_age_in_seconds: 3600,
        destination_config: { on_failure: { destination: 'DIS', param: '{"stream_name":"failed"}' } },
      },
    ],
  ])('has asynchronous settings with both numbers: %o', (settings, asyncConfig) => {
    expect(desired(settings).asyncConfig).toEqual(asyncConfig);
  });

  it.each<[string, EventConfig, string, object]>([
    [
      'a shared gateway',
      { apig: { path: '/a', method: 'GET', auth: 'IAM', groupId: 'g' } },
      'APIG',
      {
        name: 'API_sample_dev_tiny',
        path: '/a',
        req_method: 'GET',
        auth: 'IAM',
        group_id: 'g',
        env_name: 'RELEASE',
        env_id: 'DEFAULT_ENVIRONMENT_RELEASE_ID',
        protocol: 'HTTPS',
        match_mode: 'NORMAL',
        backend_type: 'FUNCTION',
        type: 1,
        func_info: { timeout: 5000 },
      },
    ],
    [
      'an event bus',
      { eventGrid: { channelId: 'c', sourceName: 's', triggerName: 't', agency: 'a', eventTypes: ['e'] } },
      'EVENTGRID',
      { channel_id: 'c', source_name: 's', trigger_name: 't', agency: 'a', event_types: ['e'] },
    ],
    ['a topic', { smn: { topicUrn: 'urn:smn:t' } }, 'SMN', { topic_urn: 'urn:smn:t' }],
    [
      'Kafka',
      { kafka: { instanceId: 'i', topicIds: ['t'] } },
      'KAFKA',
      { instance_id: 'i', topic_ids: ['t'], batch_size: 100 },
    ],
    [
      'RabbitMQ',
      { rabbitmq: { instanceId: 'i', exchange: 'e', user: 'u', password: 'p' } },
      'RABBITMQ',
      { instance_id: 'i', exchange_name: 'e', vhost: '/', batch_size: 100, access_user: 'u', access_password: 'p' },
    ],
    [
      'a stream',
      { dis: { streamName: 's', startingPosition: 'TRIM_HORIZON' } },
      'DIS',
      {
        stream_name: 's',
        sharditerator_type: 'TRIM_HORIZON',
        max_fetch_bytes: 1_048_576,
        polling_interval: 30_000,
        polling_unit: 'ms',
        is_serial: 'true',
      },
    ],
    ['a clock', { timer: { name: 'n', rate: '3m' } }, 'TIMER', { name: 'n', schedule_type: 'Rate', schedule: '3m' }],
    [
      'a calendar',
      { timer: { name: 'n', cron: '@every 1h30m' } },
      'TIMER',
      { name: 'n', schedule_type: 'Cron', schedule: '@every 1h30m' },
    ],
    [
      'a bucket',
      { obs: { name: 'n', bucket: 'b', events: ['ObjectCreated:Put', 'ObjectRemoved'] } },
      'OBS',
      { name: 'n', bucket: 'b', events: ['s3:ObjectCreated:Put', 's3:ObjectRemoved:*'] },
    ],
  ])('has a trigger on %s, active and with the defaults filled in', (_what, event, type, data) => {
    expect(desired({ events: [event] }).triggers).toEqual([
      { trigger_type_code: type, trigger_status: 'ACTIVE', event_data: data },
    ]);
  });
});
