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

describe("VOD's answers", () => {
  it.each([
    ['not-queued-400', 409, 'not_queued', false, 'VOD.10083'],
    ['not-queued-403', 409, 'not_queued', false, 'VOD.10083'],
    ['not-found-400', 404, 'not_found', false, 'VOD.10062'],
    ['not-found-403', 404, 'not_found', false, 'VOD.10062'],
    ['not-found-404', 404, 'not_found', false, 'VOD.10062'],
    ['throttled', 503, 'failed', true, 'APIGW.0308'],
    ['error-500', 502, 'failed', true, 'VOD.10051'],
    ['error-502', 502, 'failed', true, 'APIGW.0610'],
    ['error-503', 502, 'failed', true, 'APIGW.0613'],
    ['error-504', 502, 'failed', true, 'APIGW.0201'],
    ['internal-403', 502, 'failed', true, 'VOD.10051'],
    ['unauthorized-echo', 502, 'failed', false, 'APIGW.0301'],
    ['forbidden-10074', 502, 'failed', false, 'VOD.10074'],
    ['ok-200', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['redirect-301', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['redirect-307', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['html-error', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['html-403', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['json-null', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['json-array', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['empty-400', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['empty-404', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['no-content-with-body', 200, 'cancelled', false, undefined],
  ] as const)('%s is %i %s', async (fault, status, outcome, retryable, code) => {
    if (outcome === 'not_queued') vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
    vod.inject(FAULTS[fault]);
    const answer = await call(apigEvent());
    expect(answer.status).toBe(status);
    expect(answer.result).toMatchObject({ outcome, retryable, attempts: 1 });
    expect(answer.result.error?.code).toBe(code);
    expect(answer.response.body).not.toContain(KEY.ak);
    expect(cancels()).toBe(1);
    expect(lines.records()[0]).toMatchObject({ level: status < 500 ? 'INFO' : retryable ? 'WARN' : 'ERROR' });
  });

  it('says for how long to stay away when VOD does, an hour at most', async () => {
    vod.inject('throttled-retry-after');
    expect((await call(apigEvent())).headers['retry-after']).toBe('1');
  });

  it('reads 64 KiB of a body and no more', async () => {
    vod.inject(FAULTS['huge-body']);
    const { result } = await call(apigEvent());
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'VOD_BAD_RESPONSE' } });
  });

  it('sends nothing to where a redirect points', async () => {
    const other = await startVodStandIn({ accounts: [] });
    const { redirectTo } = await import('../helpers/faults.ts');
    vod.inject(redirectTo(307, `${other.origin}/v1.0/stolen`));
    await call(apigEvent());
    expect(other.calls).toEqual([]);
    await other.close();
  });
});

describe('an asset in each state', () => {
  it.each([
    ['TRANSCODING', 'PUBLISHED', 409, 'not_queued'],
    ['TRANSCODE_SUCCEED', 'CREATED', 409, 'not_queued'],
    ['TRANSCODE_FAILED', 'CREATED', 409, 'not_queued'],
    ['UN_TRANSCODE', 'CREATED', 409, 'not_queued'],
    ['UN_TRANSCODE', 'CREATING', 503, 'failed'],
  ] as const)('%s and %s is %i %s', async (transcodeStatus, assetStatus, status, outcome) => {
    vod.assets.put(ASSET_ID, { transcodeStatus, assetStatus });
    const answer = await call(apigEvent());
    expect(answer.status).toBe(status);
    expect(answer.result).toMatchObject({ outcome, transcode_status: transcodeStatus, error: { code: 'VOD.10083' } });
    if (status === 503) expect([answer.result.retryable, answer.headers['retry-after']]).toEqual([true, '60']);
    expect([cancels(), reads()]).toEqual([1, 1]);
  });

  it('VOD.10083 on a waiting task is too early, not too late', async () => {
    vod.inject('not-queued-400');
    const { status, result } = await call(apigEvent());
    expect([status, result.retryable, result.transcode_status]).toEqual([503, true, 'WAITING_TRANSCODE']);
  });

  it.each(['list-forbidden', 'list-empty', 'list-other-asset', 'list-unknown-status'] as const)(
    'not queued stands when the status read meets %s',
    async (fault) => {
      vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
      vod.inject(FAULTS[fault]);
      const { status, result } = await call(apigEvent());
      expect(status).toBe(409);
      expect(result).not.toHaveProperty('transcode_status');
    },
  );

  it('an asset VOD does not know is not found', async () => {
    const { status, result } = await call(apigEvent({ path: { asset_id: 'f'.repeat(32) } }));
    expect([status, result.outcome, result.asset_id]).toEqual([404, 'not_found', 'f'.repeat(32)]);
  });

  it('a second cancel finds nothing queued', async () => {
    await bundle.handler(apigEvent(), context());
    const second = (await bundle.handler(apigEvent(), context())) as Response;
    expect(second.statusCode).toBe(409);
  });
});

describe('a network that fails', () => {
  it('refused: nothing was sent', async () => {
    const settings = settingsFor('http://127.0.0.1:9');
    const { status, result } = await call(
      apigEvent(),
      functionGraphContext({ settings: { ...settings, VOD_MAX_ATTEMPTS: '1' } }),
    );
    expect([status, result.outcome, result.retryable, result.error.code, result.attempts]).toEqual([
      502,
      'failed',
      true,
      'VOD_UNREACHABLE',
      1,
    ]);
  });

  it.each([
    ['hang', 'VOD_TIMEOUT'],
    ['hang-mid-body', 'VOD_TIMEOUT'],
    ['drip', 'VOD_TIMEOUT'],
    ['reset-before-read', 'VOD_CONNECTION_LOST'],
    ['reset-after-headers', 'VOD_CONNECTION_LOST'],
    ['truncated-body', 'VOD_CONNECTION_LOST'],
  ] as const)('%s, and the status read cannot settle it: unknown', async (fault, code) => {
    vod.inject(FAULTS[fault]);
    const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
    expect([status, result.outcome, result.retryable, result.error.code]).toEqual([504, 'unknown', true, code]);
    expect(result.transcode_status).toBe('WAITING_TRANSCODE');
    expect([cancels(), reads()]).toEqual([1, 1]);
  });

  it.each(['applied-no-answer', 'applied-reset'] as const)(
    '%s: the status read tells that it was done',
    async (fault) => {
      vod.inject(FAULTS[fault]);
      const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
      expect([status, result.outcome, result.transcode_status]).toEqual([200, 'cancelled', 'UN_TRANSCODE']);
      expect(result.detail).toContain('inferred from the status read');
    },
  );

  it('is unknown if the status read is lost too', async () => {
    vod.inject('hang', { on: 'any', times: 2 });
    const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
    expect([status, result.outcome]).toEqual([504, 'unknown']);
    expect(result).not.toHaveProperty('transcode_status');
  });

  it('pauses the key where its head was a 401', async () => {
    vod.inject(resetAfterHead(unauthorized('verify aksk signature fail')), { times: 3 });
    const { status, result } = await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '3' }));
    expect([status, result.outcome, result.error.code, result.attempts]).toEqual([
      504,
      'unknown',
      'VOD_CONNECTION_LOST',
      1,
    ]);
    const next = (await bundle.handler(apigEvent(), context())) as Response;
    expect(JSON.parse(next.body)).toMatchObject({ status: 503, error: { code: 'CREDENTIALS_REFUSED_RECENTLY' } });
    expect([cancels(), reads()]).toEqual([1, 0]);
  });

  it('binds the process where its head has a Retry-After', async () => {
    vod.inject(truncated(errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': '120' })), { times: 3 });
    const { result } = await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '3' }));
    expect([result.outcome, result.attempts]).toEqual(['unknown', 1]);
    const next = (await bundle.handler(apigEvent(), context())) as Response;
    expect(JSON.parse(next.body)).toMatchObject({ status: 503, error: { code: 'PACE_LIMIT' } });
    expect(cancels()).toBe(1);
  });
});

describe('the deadline', () => {
  it('leaves no time: no call is made', async () => {
    const { status, result } = await call(apigEvent(), context({}, 500));
    expect([status, result.outcome, result.retryable, result.error.code, result.attempts]).toEqual([
      504,
      'failed',
      true,
      'DEADLINE',
      0,
    ]);
    expect(vod.calls).toEqual([]);
  });

  it('cuts an attempt short', async () => {
    vod.inject('hang', { on: 'any', times: 2 });
    const startedAt = performance.now();
    const { result } = await call(apigEvent(), context({ VOD_DEADLINE_RESERVE_MS: '100' }, 700));
    expect(result).toMatchObject({ outcome: 'unknown', error: { code: 'VOD_TIMEOUT' } });
    // Not a matter of speed: the host kills what is not back by then.
    expect(performance.now() - startedAt).toBeLessThan(700);
  });
});

describe('bad requests', () => {
  const rows: readonly [string, RequestParts, number, string][] = [
    ['no id', { path: {} }, 400, 'MISSING_ASSET_ID'],
    ['an empty id', { path: { asset_id: '' }, query: { asset_id: '' } }, 400, 'MISSING_ASSET_ID'],
    ['an id in capital letters', { path: { asset_id: ASSET_ID.toUpperCase() } }, 400, 'INVALID_ASSET_ID'],
    ['31 characters', { path: { asset_id: ASSET_ID.slice(1) } }, 400, 'INVALID_ASSET_ID'],
    ['33 characters', { path: { asset_id: `${ASSET_ID}0` } }, 400, 'INVALID_ASSET_ID'],
    ['two ids and a comma', { path: { asset_id: `${ASSET_ID},${ASSET_ID}` } }, 400, 'INVALID_ASSET_ID'],
    ['CR and LF', { path: { asset_id: `${ASSET_ID}\r\nx-evil: 1` } }, 400, 'INVALID_ASSET_ID'],
    ['digits of another script', { path: { asset_id: '８50883081a2e7255715ef81ae7c34338' } }, 400, 'INVALID_ASSET_ID'],
    ['__proto__', { path: { asset_id: '__proto__' } }, 400, 'INVALID_ASSET_ID'],
    ['a number', { method: 'POST', path: null, body: '{"asset_id":7}' }, 400, 'INVALID_ASSET_ID'],
    ['a list', { method: 'POST', path: null, body: JSON.stringify({ asset_id: [ASSET_ID] }) }, 400, 'INVALID_ASSET_ID'],
    ['path against query', { query: { asset_id: 'f'.repeat(32) } }, 400, 'CONFLICTING_ASSET_ID'],
    ['path against body', { body: JSON.stringify({ asset_id: 'f'.repeat(32) }) }, 400, 'CONFLICTING_ASSET_ID'],
    [
      'a repeated parameter',
      { path: null, query: { asset_id: [ASSET_ID, 'f'.repeat(32)] } },
      400,
      'CONFLICTING_ASSET_ID',
    ],
    ['a body that is no JSON', { body: 'asset_id=1' }, 400, 'INVALID_BODY'],
    ['a body that is no object', { body: JSON.stringify([ASSET_ID]) }, 400, 'INVALID_BODY'],
    [
      'a body behind a prototype',
      { method: 'POST', path: null, body: `{"__proto__":{"asset_id":"${ASSET_ID}"}}` },
      400,
      'MISSING_ASSET_ID',
    ],
    ['a body of 64 KiB and more', { body: JSON.stringify({ a: 'x'.repeat(65_536) }) }, 413, 'BODY_TOO_LARGE'],
    ...['GET', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'XX'].map(
      (method): [string, RequestParts, number, string] => [method, { method }, 405, 'METHOD_NOT_ALLOWED'],
    ),
  ];

  it.each(rows)('%s', async (_name, parts, status, code) => {
    const answer = await call(apigEvent({ base64: false, ...parts }));
    expect([answer.status, answer.result.error.code]).toEqual([status, code]);
    expect(answer.result).toMatchObject({ asset_id: null, outcome: 'failed', retryable: false, attempts: 0 });
    expect(answer.response.body).not.toContain(ASSET_ID);
    expect(answer.response.body).not.toContain('x-evil');
    expect(lines.text()).not.toContain(ASSET_ID.slice(1));
    expect(lines.records()[0]).toMatchObject({ level: 'ERROR' });
    expect(vod.calls).toEqual([]);
  });

  it('names the methods that are allowed', async () => {
    expect((await call(apigEvent({ method: 'GET' }))).headers['allow']).toBe('DELETE, POST');
  });

  it('checks the method before the size, the size before the body, the body before the id', async () => {
    const huge = 'x'.repeat(70_000);
    expect((await call(apigEvent({ method: 'GET', body: huge, base64: false }))).status).toBe(405);
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', ASSET_ID],
    ['a number', 7],
    ['an array', [apigEvent()]],
    ['an empty object', {}],
    ["the console's test event", { key: 'value' }],
    ['an SQS event', { Records: [{ messageId: '1', body: ASSET_ID }] }],
    ['a method that is none', { httpMethod: 7 }],
    ['an empty method', { httpMethod: '' }],
  ])('is no HTTP event: %s', async (_name, event) => {
    const { status, result } = await call(event);
    expect([status, result.error.code]).toEqual([400, 'UNSUPPORTED_EVENT']);
  });

  it.each(GATEWAY_NAMES)('a repeated parameter counts as several ids through %s', async (gateway) => {
    if (gateway === 'alb') return; // without multi-value headers an ALB passes on only the last one
    const event = GATEWAY_EVENTS[gateway]({ path: null, query: { asset_id: [ASSET_ID, 'f'.repeat(32)] } });
    expect((await call(event)).result.error.code).toBe('CONFLICTING_ASSET_ID');
  });

  it('takes an event without its optional members, or with all of them null', async () => {
    expect((await call({ httpMethod: 'DELETE', queryStringParameters: { asset_id: ASSET_ID } })).status).toBe(200);
  });

  it('takes an event whose optional members are all null', async () => {
    const event = {
      httpMethod: 'DELETE',
      pathParameters: null,
      headers: null,
      queryStringParameters: null,
      body: null,
      requestContext: null,
    };
    expect((await call(event)).result.error.code).toBe('MISSING_ASSET_ID');
  });

  it('takes ids that agree', async () => {
    const body = JSON.stringify({ asset_id: ASSET_ID });
    expect((await call(apigEvent({ query: { asset_id: [ASSET_ID, ASSET_ID] }, body, base64: false }))).status).toBe(
      200,
    );
  });

  it('reads a body flagged base64 that is none as text', async () => {
    const body = JSON.stringify({ asset_id: ASSET_ID });
    expect((await call(apigEvent({ method: 'POST', path: null, body, base64: true }))).status).toBe(200);
  });

  it('reads a body in base64', async () => {
    const body = Buffer.from(JSON.stringify({ asset_id: ASSET_ID })).toString('base64');
    expect((await call(apigEvent({ method: 'POST', path: null, body, base64: true }))).status).toBe(200);
  });
});

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
    const response = await bundle.handler(
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
    expect(lines.records()[0]).toMatchObject({ trigger: 'alb', trace_id: '0af7651916cd43dd8448eb211c80319c' });
  });

  it('are checked before the event', async () => {
    expect((await call(null, without('VOD_ENDPOINT'))).status).toBe(500);
  });

  it('empty counts as not set', async () => {
    expect((await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '' }))).status).toBe(200);
  });

  it('LOG_LEVEL silences what is below it', async () => {
    await bundle.handler(apigEvent(), context({ LOG_LEVEL: 'warn' }));
    await bundle.handler(null, context({ LOG_LEVEL: 'silent' }));
    expect(lines.text()).toBe('');
  });

  it.each(['WARN', 'Warning', ' warn ', 'ERROR'])('LOG_LEVEL may be written as %j', async (level) => {
    await bundle.handler(apigEvent(), context({ LOG_LEVEL: level }));
    expect(lines.text()).toBe('');
    await bundle.handler(apigEvent(), context({ LOG_LEVEL: level, VOD_MAX_ATTEMPTS: '0' }));
    expect(lines.records()).toMatchObject([{ level: 'ERROR' }]);
  });

  it.each([
    ['WARN', 0],
    ['FATAL', 0],
    ['INFO', 1],
    ['TRACE', 3],
  ])('without a LOG_LEVEL it is what Lambda says: %s', async (level, count) => {
    for (const [name, value] of Object.entries(settingsFor(vod.origin))) vi.stubEnv(name, value);
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', level);
    await bundle.handler(apigEvent(), lambdaContext());
    expect(lines.records()).toHaveLength(count);
    vi.stubEnv('LOG_LEVEL', 'silent');
    await bundle.handler(apigEvent(), lambdaContext());
    expect(lines.records()).toHaveLength(count);
  });

  it.each(['loud', 'TRACE', 'constructor', '7'])('a LOG_LEVEL that is none fails nothing: %s', async (level) => {
    const response = await bundle.handler(apigEvent(), context({ LOG_LEVEL: level }));
    await bundle.handler(apigEvent(), context({ LOG_LEVEL: level }));
    expect(response).toMatchObject({ statusCode: 200 });
    // One line for the process, and one for each result.
    expect(lines.records()).toMatchObject([
      { level: 'WARN', timestamp: expect.any(String), message: expect.stringContaining('LOG_LEVEL must be one of') },
      { level: 'INFO', outcome: 'cancelled' },
      { level: 'INFO', outcome: 'not_queued' },
    ]);
    expect(lines.records()[0]?.['message']).not.toContain(level);
  });

  it('LOG_LEVEL also applies if another setting is wrong', async () => {
    await bundle.handler(apigEvent(), context({ LOG_LEVEL: 'silent', VOD_MAX_ATTEMPTS: '0' }));
    expect(lines.text()).toBe('');
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

describe('an error in our own code', () => {
  it('is a problem too, with no word of what was thrown', async () => {
    const hostile = {
      httpMethod: 'DELETE',
      get pathParameters(): never {
        throw new Error(`thrown with ${KEY.sk}`);
      },
    };
    const { status, result, response } = await call(hostile);
    expect([status, result.error.code]).toEqual([500, 'INTERNAL']);
    expect(response.body).not.toContain(KEY.sk);
    expect(lines.records()[0]).toMatchObject({ level: 'ERROR', stack: expect.any(Array) });
  });

  it('in the log does not lose the answer', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => {
      throw new Error('no stdout');
    });
    const response = (await bundle.handler(apigEvent(), context())) as Response;
    expect(response.statusCode).toBe(200);
  });
});
