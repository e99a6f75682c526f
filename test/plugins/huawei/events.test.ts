import { describe, expect, it } from 'vitest';
import { APIG, compiled, sample, URN } from './sample.ts';

describe('a trigger', () => {
  const kafka = { instanceId: '${var.i}', topicIds: ['t'], batchSize: 5 };
  const sasl = { user: '${var.u}', password: '${var.p}' };

  it.each([
    ['smn', { topicUrn: 'urn:smn:x' }, 'SMN', '{ "topic_urn" = "urn:smn:x" }'],
    ['kafka', kafka, 'KAFKA', '{ "instance_id" = var.i, "topic_ids" = ["t"], "batch_size" = 5 }'],
    [
      'kafka',
      { ...kafka, sasl },
      'KAFKA',
      '{ "instance_id" = var.i, "topic_ids" = ["t"], "batch_size" = 5, "kafka_user" = var.u, "encrypted_kafka_password" = var.p }',
    ],
    ['timer', { name: 't', schedule: '3m' }, 'TIMER', '{ "name" = "t", "schedule_type" = "Rate", "schedule" = "3m" }'],
    [
      'timer',
      { name: 't', schedule: '@every 1h', input: 'x' },
      'TIMER',
      '{ "name" = "t", "schedule_type" = "Cron", "schedule" = "@every 1h", "user_event" = "x" }',
    ],
    [
      'obs',
      { name: 'n', bucket: 'b', events: ['s3:ObjectCreated:*'], prefix: 'p/' },
      'OBS',
      '{ "name" = "n", "bucket" = "b", "events" = ["s3:ObjectCreated:*"], "prefix" = "p/" }',
    ],
  ])('of %s has the data that FunctionGraph takes', (kind, event, type, data) => {
    const { resource } = compiled(sample({ events: [{ [kind]: event }] }));
    const expected = `\${jsonencode(${data})}`;
    expect(resource['terraform_data']).toEqual({ [`work-${kind}`]: { input: expected } });
    expect(resource['huaweicloud_fgs_function_trigger']?.[`work-${kind}`]).toMatchObject({
      function_urn: URN,
      type,
      event_data: expected,
    });
  });

  it('is replaced when its data change, whatever the API gives back', () => {
    const { resource } = compiled(sample({ events: [{ smn: { topicUrn: 'u' } }] }));
    expect(resource['huaweicloud_fgs_function_trigger']?.['work-smn']).toMatchObject({
      lifecycle: { ignore_changes: ['event_data'], replace_triggered_by: ['terraform_data.work-smn'] },
    });
  });

  it('of Kafka is enabled by a second apply, and an output says so', () => {
    const { resource, output } = compiled(sample({ events: [{ kafka }] }));
    expect(resource['huaweicloud_fgs_function_trigger']?.['work-kafka']).toMatchObject({ status: 'ACTIVE' });
    expect(output['kafka']).toEqual({ value: expect.stringContaining('the second time enables it') });
    expect(compiled(sample()).output).not.toHaveProperty('kafka');
  });

  it('of a kind that the function has twice has a name of its own', () => {
    const { resource } = compiled(sample({ events: [{ smn: { topicUrn: 'a' } }, { smn: { topicUrn: 'b' } }] }));
    expect(Object.keys(resource['huaweicloud_fgs_function_trigger'] ?? {})).toEqual(['work-smn', 'work-smn-2']);
  });
});

describe('an API', () => {
  const of = (apig: object, fn: Parameters<typeof sample>[0] = {}) => {
    const { resource } = compiled(sample({ ...fn, events: [{ apig: { ...APIG, ...apig } }] }));
    const named = (type: string) => resource[type]?.['work-apig'] ?? {};
    return { api: named('huaweicloud_apig_api'), publication: named('huaweicloud_apig_api_publishment') };
  };

  it('calls the function, and waits longer than the function may take', () => {
    expect(of({}).api).toMatchObject({
      request_method: 'DELETE',
      request_path: '/things/{thing_id}',
      security_authentication: 'APP',
      request_params: [{ name: 'thing_id', location: 'PATH', required: true }],
      func_graph: [{ function_urn: URN, version: 'latest', timeout: 15_000 }],
    });
  });

  it('may be changed', () => {
    expect(of({}).api).toMatchObject({ enable_force_new: 'true' });
  });

  it('is published again when it changes, and only then', () => {
    const text = (...args: Parameters<typeof of>) => of(...args).publication['description'];
    expect(of({}).publication).toMatchObject({ api_id: '${huaweicloud_apig_api.work-apig.id}', env_id: 'e' });
    expect(text({})).toBe(text({}, { memorySize: 512 }));
    for (const change of [{ method: 'POST' }, { auth: 'IAM' }, { path: '/other' }])
      expect(text(change)).not.toBe(text({}));
    expect(text({}, { timeout: 11 })).not.toBe(text({}));
  });
});
