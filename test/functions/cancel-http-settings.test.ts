import { describe, expect, it, vi } from 'vitest';
import { functionGraphContext, KEY, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { useCancelHttp } from './cancel-http.ts';

useVirtualTime();

const { bundle, call, context, lines, vod } = await useCancelHttp();

describe('settings', () => {
  const without = (...names: string[]) =>
    functionGraphContext({
      settings: Object.fromEntries(Object.entries(settingsFor(vod.origin)).filter(([name]) => !names.includes(name))),
    });

  it.each([
    ['no endpoint', () => without('VOD_ENDPOINT'), 'VOD_REGION'],
    ['no key', () => without('HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK'), 'HUAWEICLOUD_SDK_AK'],
    ['half a key', () => without('HUAWEICLOUD_SDK_SK'), 'HUAWEICLOUD_SDK_SK'],
    ['the other half', () => without('HUAWEICLOUD_SDK_AK'), 'HUAWEICLOUD_SDK_AK'],
    ['no project', () => without('HUAWEICLOUD_SDK_PROJECT_ID'), 'HUAWEICLOUD_SDK_PROJECT_ID'],
    ['a project that is a path', () => context({ HUAWEICLOUD_SDK_PROJECT_ID: '../x' }), 'HUAWEICLOUD_SDK_PROJECT_ID'],
    ['a key with a line break', () => context({ HUAWEICLOUD_SDK_SK: `${KEY.sk}\n` }), 'HUAWEICLOUD_SDK_SK'],
    ['plain http', () => context({ VOD_ENDPOINT: 'http://vod.example' }), 'VOD_ENDPOINT'],
    ['a number that is none', () => context({ VOD_MAX_ATTEMPTS: 'three' }), 'VOD_MAX_ATTEMPTS'],
    ['a number out of range', () => context({ VOD_ATTEMPT_TIMEOUT_MS: '49' }), 'VOD_ATTEMPT_TIMEOUT_MS'],
  ])('%s', async (_name, make, setting) => {
    const { status, result } = await call(apigEvent(), make());
    expect([status, result.error.code, result.retryable, result.attempts]).toEqual([500, 'CONFIG', false, 0]);
    expect(result.detail).toContain(setting);
    expect(result.detail).not.toContain(KEY.sk);
    expect(vod.calls).toEqual([]);
  });

  it('that are wrong are answered in the form of the gateway and in the trace of the request', async () => {
    const response = await bundle().handler(
      {
        requestContext: { elb: { targetGroupArn: 'arn:x' } },
        httpMethod: 'DELETE',
        path: '/',
        multiValueHeaders: { traceparent: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'] },
      },
      without('VOD_ENDPOINT'),
    );
    expect(response).toMatchObject({ statusCode: 500, multiValueHeaders: { 'cache-control': ['no-store'] } });
    expect(response).not.toHaveProperty('headers');
    expect(lines().records()[0]).toMatchObject({ trigger: 'alb', trace_id: '0af7651916cd43dd8448eb211c80319c' });
  });

  it('are checked before the event', async () => {
    expect((await call(null, without('VOD_ENDPOINT'))).status).toBe(500);
  });

  it('empty counts as not set', async () => {
    expect((await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '' }))).status).toBe(200);
  });

  it('LOG_LEVEL silences what is below it', async () => {
    await bundle().handler(apigEvent(), context({ LOG_LEVEL: 'warn' }));
    await bundle().handler(null, context({ LOG_LEVEL: 'silent' }));
    expect(lines().text()).toBe('');
  });

  it.each(['WARN', 'Warning', ' warn ', 'ERROR'])('LOG_LEVEL may be written as %j', async (level) => {
    await bundle().handler(apigEvent(), context({ LOG_LEVEL: level }));
    expect(lines().text()).toBe('');
    await bundle().handler(apigEvent(), context({ LOG_LEVEL: level, VOD_MAX_ATTEMPTS: '0' }));
    expect(lines().records()).toMatchObject([{ level: 'ERROR' }]);
  });

  it.each([
    ['WARN', 0],
    ['FATAL', 0],
    ['INFO', 1],
    ['TRACE', 3],
  ])('without a LOG_LEVEL it is what Lambda says: %s', async (level, count) => {
    for (const [name, value] of Object.entries(settingsFor(vod.origin))) vi.stubEnv(name, value);
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', level);
    await bundle().handler(apigEvent(), lambdaContext());
    expect(lines().records()).toHaveLength(count);
    vi.stubEnv('LOG_LEVEL', 'silent');
    await bundle().handler(apigEvent(), lambdaContext());
    expect(lines().records()).toHaveLength(count);
  });

  it.each(['loud', 'TRACE', 'constructor', '7'])('a LOG_LEVEL that is none fails nothing: %s', async (level) => {
    const response = await bundle().handler(apigEvent(), context({ LOG_LEVEL: level }));
    await bundle().handler(apigEvent(), context({ LOG_LEVEL: level }));
    expect(response).toMatchObject({ statusCode: 200 });
    // One line for the process, and one for each result.
    expect(lines().records()).toMatchObject([
      { level: 'WARN', timestamp: expect.any(String), message: expect.stringContaining('LOG_LEVEL must be one of') },
      { level: 'INFO', outcome: 'cancelled' },
      { level: 'INFO', outcome: 'not_queued' },
    ]);
    expect(lines().records()[0]?.['message']).not.toContain(level);
  });

  it('LOG_LEVEL also applies if another setting is wrong', async () => {
    await bundle().handler(apigEvent(), context({ LOG_LEVEL: 'silent', VOD_MAX_ATTEMPTS: '0' }));
    expect(lines().text()).toBe('');
  });

  it('VOD_ASSET_ID_PATTERN is the rule an id must meet', async () => {
    vod.assets.put("my asset!'()*", { transcodeStatus: 'WAITING_TRANSCODE' });
    const { status } = await call(
      apigEvent({ path: { asset_id: "my asset!'()*" } }),
      context({ VOD_ASSET_ID_PATTERN: '^my' }),
    );
    expect(status).toBe(200);
  });
});
