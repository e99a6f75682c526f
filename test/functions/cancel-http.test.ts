import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ASSET_ID, functionGraphContext, KEY, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent, GATEWAY_EVENTS, GATEWAY_NAMES } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { useCancelHttp } from './cancel-http.ts';

useVirtualTime();

const { bundle, call, cancels, context, lines, vod } = await useCancelHttp();

describe('the shape of the deployable', () => {
  it('is a native async function of event and context', async () => {
    expect(bundle().handler).toHaveLength(2);
    const promise = bundle().handler(apigEvent(), context());
    expect(promise).toBeInstanceOf(Promise);
    await promise;
  });
});

describe('a cancel that works', () => {
  it.each(GATEWAY_NAMES)('through %s', async (gateway) => {
    const { status, result, response } = await call(GATEWAY_EVENTS[gateway]({}));
    expect(status).toBe(200);
    expect(result).toEqual({
      asset_id: ASSET_ID,
      outcome: 'cancelled',
      retryable: false,
      detail: 'The queued transcode task was cancelled.',
      attempts: 1,
      request_id: 'f1e2d3c4-0000-4000-8000-00000000fg01',
      vod_request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect('multiValueHeaders' in response).toBe(gateway === 'alb-multi');
    expect('headers' in response).toBe(gateway !== 'alb-multi');
    expect(vod.assets.get(ASSET_ID)?.transcodeStatus).toBe('UN_TRANSCODE');
    expect(cancels()).toBe(1);
    expect(lines().records()[0]).toMatchObject({
      level: 'INFO',
      trigger: gateway.replace('-multi', ''),
      cold_start: true,
      duration_ms: expect.any(Number),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      message: expect.any(String),
    });
  });

  it.each(GATEWAY_NAMES)('by POST with a body through %s', async (gateway) => {
    const body = JSON.stringify({ asset_id: ASSET_ID, reason: 'superseded' });
    const event = GATEWAY_EVENTS[gateway]({ method: 'POST', path: null, body });
    expect((await call(event)).status).toBe(200);
  });

  it('on Lambda, with settings from the environment and a temporary key', async () => {
    const settings = settingsFor(vod.origin, {
      HUAWEICLOUD_SDK_AK: `${KEY.ak}-STS`,
      HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken,
    });
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const { status, result } = await call(apigEvent(), lambdaContext({ requestId: 'aws-1' }));
    expect([status, result.request_id]).toEqual([200, 'aws-1']);
    expect(vod.calls[0]?.headers['x-security-token']).toBe(KEY.securityToken);
  });

  it('on FunctionGraph with the key of the agency', async () => {
    const { HUAWEICLOUD_SDK_AK: _ak, HUAWEICLOUD_SDK_SK: _sk, ...settings } = settingsFor(vod.origin);
    const agency = { ak: `${KEY.ak}-STS`, sk: KEY.sk, securityToken: KEY.securityToken };
    expect((await call(apigEvent(), functionGraphContext({ settings, agency }))).status).toBe(200);
  });

  it('never mixes a key of the settings with the token of the agency', async () => {
    const agency = { ak: `${KEY.ak}-STS`, sk: 'other', securityToken: KEY.securityToken };
    expect((await call(apigEvent(), functionGraphContext({ settings: settingsFor(vod.origin), agency }))).status).toBe(
      200,
    );
    expect(vod.calls[0]?.headers).not.toHaveProperty('x-security-token');
  });

  it('on a bare host, with a request id of its own', async () => {
    for (const [name, value] of Object.entries(settingsFor(vod.origin))) vi.stubEnv(name, value);
    const { result } = await call(apigEvent(), undefined);
    expect(result.request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  it('carries the trace id of a traceparent into the log, in any case, as an array too', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await call(apigEvent({ headers: { TraceParent: [traceparent] } }));
    expect(lines().records()[0]).toMatchObject({ trace_id: '0af7651916cd43dd8448eb211c80319c' });
  });
});

describe('an asset id', () => {
  const wide = () => context({ VOD_ASSET_ID_PATTERN: '^[\\x21-\\x7e]{1,64}$' });
  const rest = (asset_id: string) => GATEWAY_EVENTS['api-gateway-v1']({ path: { asset_id } });

  beforeEach(() => {
    for (const id of ['clip@42', 'clip%4042', '100%']) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
  });

  it.each([
    ['in a path that a REST API leaves encoded', rest('clip%4042'), 'clip@42'],
    ['in a path, decoded once', rest('clip%254042'), 'clip%4042'],
    ['in a path that does not decode', rest('100%'), '100%'],
    [
      'in a path that an HTTP API has decoded, in the layout of a REST API',
      { ...rest('clip%4042'), version: '1.0' },
      'clip%4042',
    ],
    [
      'in a path that an HTTP API has decoded',
      GATEWAY_EVENTS['api-gateway-v2']({ path: { asset_id: 'clip%4042' } }),
      'clip%4042',
    ],
    ['in a path that APIG has decoded', apigEvent({ path: { asset_id: 'clip%4042' } }), 'clip%4042'],
    [
      'in a query that a REST API has decoded',
      GATEWAY_EVENTS['api-gateway-v1']({ path: null, query: { asset_id: 'clip%4042' } }),
      'clip%4042',
    ],
    [
      'in a query that an ALB leaves encoded',
      GATEWAY_EVENTS.alb({ path: null, query: { asset_id: 'clip@42' } }),
      'clip@42',
    ],
  ])('%s is the one that was asked for', async (_name, event, id) => {
    const { status, result } = await call(event, wide());
    expect([status, result.asset_id]).toEqual([200, id]);
  });
});

describe('a body', () => {
  const withBody = (body: string, isBase64Encoded: unknown = false) => ({
    ...GATEWAY_EVENTS['api-gateway-v2']({ path: null, method: 'POST', body }),
    isBase64Encoded,
  });
  const json = JSON.stringify({ asset_id: ASSET_ID });
  const encoded = Buffer.from(json).toString('base64');

  it.each([
    ['that begins with a byte order mark', withBody(`\uFEFF${json}`)],
    ['of base64 that ends with a line break', withBody(`${encoded}\n`, true)],
    ['of base64 in lines', withBody(encoded.replace(/.{20}/g, '$&\r\n'), true)],
    ['of base64 whose flag is text', withBody(encoded, 'true')],
  ])('%s is read', async (_name, event) => {
    expect((await call(event)).status).toBe(200);
  });

  it.each([' ', '\n', '\r\n\t', 'null', ' null '])('of %j is none', async (body) => {
    const event = { ...withBody(body), rawQueryString: `asset_id=${ASSET_ID}` };
    expect((await call(event)).status).toBe(200);
  });
});

describe('an event that only looks like a request', () => {
  const request = GATEWAY_EVENTS['api-gateway-v1']({});
  const requestV2 = GATEWAY_EVENTS['api-gateway-v2']({});

  it.each([
    ['a REST API', { ...request, type: 'REQUEST', methodArn: 'arn:aws:execute-api:eu-west-1:1:a/prod/DELETE/x' }],
    ['an HTTP API', { ...requestV2, type: 'REQUEST', routeArn: 'arn:aws:execute-api:eu-west-1:1:a/prod/DELETE/x' }],
    [
      'an HTTP API in the layout of a REST API',
      { ...request, version: '1.0', type: 'REQUEST', methodArn: 'arn:aws:execute-api:eu-west-1:1:a/prod/DELETE/x' },
    ],
  ])('what %s asks an authorizer cancels nothing', async (_name, event) => {
    const { status, result } = await call(event);
    expect([status, result.error.code, vod.calls.length]).toEqual([400, 'UNSUPPORTED_EVENT', 0]);
  });
});
