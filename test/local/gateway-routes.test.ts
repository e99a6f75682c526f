import { describe, expect, it } from 'vitest';
import type { Call } from './client.ts';
import { does, ECHO, ROUTE, useGateways } from './gateway-server.ts';
import { ASSET } from './samples.ts';

const { start } = useGateways();

describe('the cancel route', () => {
  it('hands the function an APIG event and gives back its response', async () => {
    const call = await start(ECHO);
    const { status, headers, json } = await call({ method: 'DELETE', path: `${ROUTE}?x=1`, body: '{"a":1}' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-many': 'a, b' });
    expect(json).toMatchObject({
      setting: 'silent',
      event: {
        httpMethod: 'DELETE',
        path: ROUTE,
        pathParameters: { asset_id: ASSET },
        queryStringParameters: { x: '1' },
        body: Buffer.from('{"a":1}').toString('base64'),
        isBase64Encoded: true,
      },
    });
    expect(json.requestId).toBe(json.event.requestContext.requestId);
    expect(json.requestId).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['GET', 'PUT', 'PATCH', 'OPTIONS', 'POST'])('lets %s through', async (method) => {
    expect((await (await start(ECHO))({ method })).json.event.httpMethod).toBe(method);
  });

  it.each([
    ['%20', ' '],
    ['%zz', '%zz'],
    ['', ''],
    ['a%2Fb', 'a/b'],
  ])('reads the id %j as %j', async (written, assetId) => {
    const call = await start(ECHO);
    const { json } = await call({ path: `/assets/${written}/transcode-task` });
    expect(json.event.pathParameters.asset_id).toBe(assetId);
  });

  it('gives back a binary body', async () => {
    const call = await start(
      does(
        `return { statusCode: 201, headers: {}, body: Buffer.from('"hi"').toString('base64'), isBase64Encoded: true };`,
      ),
    );
    expect(await call({})).toMatchObject({ status: 201, json: 'hi' });
  });

  it.each([
    ['throws', `throw new RangeError('secret');`, 500],
    ['returns nothing', '', 500],
    ['returns no status', `return { headers: {}, body: '', isBase64Encoded: false };`, 500],
    ['returns an object for a body', `return { statusCode: 200, headers: {}, body: {}, isBase64Encoded: false };`, 500],
    [
      'returns an impossible status',
      `return { statusCode: 1000, headers: {}, body: '', isBase64Encoded: false };`,
      500,
    ],
    [
      'returns an impossible header',
      `return { statusCode: 200, headers: {a: '\\n'}, body: '', isBase64Encoded: false };`,
      500,
    ],
  ])('has a problem for a function that %s', async (_what, statement, status) => {
    const reply = await (await start(does(statement)))({});
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(reply.json).toMatchObject({ type: 'about:blank', status, detail: expect.stringContaining('The function') });
    expect(reply.body).not.toContain('secret');
  });

  it('has a problem for a function that takes too long', async () => {
    const call = await start(does('await new Promise(() => undefined);'), undefined, { timeoutMs: 20 });
    expect(await call({})).toMatchObject({ status: 504 });
  });
});

describe('the initializer', () => {
  const INITIALIZED = `
    let times = 0;
    exports.initializer = (context, callback) => { times += 1; callback(null); };
    exports.handler = async () => undefined;
    exports.handler = async (event, context) => times;`;

  it('is called once, before the first request', async () => {
    const call = await start(undefined, INITIALIZED);
    const post = () => call({ method: 'POST', path: '/events', body: '{}' });
    expect([(await post()).json, (await post()).json]).toEqual([1, 1]);
  });
});

describe('the events route', () => {
  const post = async (source: string, call: Partial<Call>) =>
    (await start(ECHO, source))({ method: 'POST', path: '/events', ...call });

  it('gives back what the function returns', async () => {
    const reply = await post(does('return { got: event };'), { body: '{"asset_id":"x"}' });
    expect(reply).toMatchObject({ status: 200, json: { got: { asset_id: 'x' } } });
    expect(await post(does(''), { body: '1' })).toMatchObject({ status: 200, json: null });
  });

  it('makes a CloudEvent of a binary one', async () => {
    const headers = { 'ce-specversion': '1.0', 'ce-type': 't', 'content-type': 'application/json' };
    const reply = await post(does('return event;'), { headers, body: '{"a":1}' });
    expect(reply.json).toEqual({ specversion: '1.0', type: 't', datacontenttype: 'application/json', data: { a: 1 } });
  });

  it('gives name and message of what the function throws', async () => {
    const source = does(`throw Object.assign(new Error('2 of 3 failed'), { name: 'CancelIncompleteError' });`);
    expect(await post(source, { body: '{}' })).toMatchObject({
      status: 500,
      json: { errorType: 'CancelIncompleteError', errorMessage: '2 of 3 failed' },
    });
    expect((await post(does(`throw 'text';`), { body: '{}' })).json).toEqual({
      errorType: 'UserFunctionError',
      errorMessage: 'text',
    });
  });

  it('takes JSON and POST only', async () => {
    expect(await post(ECHO, { body: 'x' })).toMatchObject({ status: 400, json: { detail: 'The body is not JSON.' } });
    expect(await post(ECHO, { method: 'GET' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });
});
