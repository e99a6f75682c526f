import { describe, expect, it, vi } from 'vitest';
import { ASSET_ID, KEY } from '../helpers/contexts.ts';
import { apigEvent, GATEWAY_EVENTS, GATEWAY_NAMES, type RequestParts } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { type Response, useCancelHttp } from './cancel-http.ts';

useVirtualTime();

const { bundle, call, context, lines, vod } = await useCancelHttp();

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
    expect(lines().text()).not.toContain(ASSET_ID.slice(1));
    expect(lines().records()[0]).toMatchObject({ level: 'ERROR' });
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
    expect(lines().records()[0]).toMatchObject({ level: 'ERROR', stack: expect.any(Array) });
  });

  it('in the log does not lose the answer', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => {
      throw new Error('no stdout');
    });
    const response = (await bundle().handler(apigEvent(), context())) as Response;
    expect(response.statusCode).toBe(200);
  });
});
