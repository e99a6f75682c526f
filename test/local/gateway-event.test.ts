import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GatewayRequest, toApigEvent } from '../../local/gateway/event.ts';

const REQUEST_ID = '11cdcdcf33949dc6d722640a13091c77';

const eventOf = (request: Partial<GatewayRequest>, pathParameters: Record<string, string> = {}) =>
  toApigEvent(
    { method: 'DELETE', target: '/', headers: {}, body: Buffer.alloc(0), ...request },
    pathParameters,
    REQUEST_ID,
  );

describe('the APIG event', () => {
  it('has the members of the platform’s samples, no more and no less', () => {
    const event = eventOf({});
    expect(Object.keys(event).sort()).toEqual([
      'body',
      'headers',
      'httpMethod',
      'isBase64Encoded',
      'path',
      'pathParameters',
      'queryStringParameters',
      'requestContext',
    ]);
    expect(Object.keys(event.requestContext).sort()).toEqual(['apiId', 'requestId', 'stage']);
    expect(event.requestContext).toMatchObject({ requestId: REQUEST_ID, stage: 'RELEASE' });
  });

  it('has method, path, path parameters and headers as they came', () => {
    const headers = { host: '127.0.0.1:8080', cookie: ['a=1', 'b=2'] };
    const event = eventOf({ method: 'POST', target: '/assets/a%20b/transcode-task?x=1', headers }, { asset_id: 'a b' });
    expect(event).toMatchObject({
      httpMethod: 'POST',
      path: '/assets/a%20b/transcode-task',
      pathParameters: { asset_id: 'a b' },
      headers: { host: '127.0.0.1:8080', cookie: ['a=1', 'b=2'] },
    });
  });

  it('has a query parameter given once as a string, one given repeatedly as a list', () => {
    const event = eventOf({ target: '/?a=1&b=2&b=3&c=&d=%E2%82%AC+x&e=1?2' });
    expect(event.queryStringParameters).toEqual({ a: '1', b: ['2', '3'], c: '', d: '€ x', e: '1?2' });
  });

  it('has every query parameter, however many there are', () => {
    const target = `/?${Array.from({ length: 1_001 }, (_, index) => `p${index}=x`).join('&')}`;
    expect(Object.keys(eventOf({ target }).queryStringParameters)).toHaveLength(1_001);
  });

  it('takes a parameter __proto__ for one like any other', () => {
    const { queryStringParameters } = eventOf({ target: '/?__proto__=x&constructor=y' });
    expect(Object.entries(queryStringParameters)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(queryStringParameters)).toBe(Object.prototype);
  });

  it('has the body in base64, whatever it is, also when there is none', () => {
    expect(eventOf({})).toMatchObject({ body: '', isBase64Encoded: true });
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        const event = eventOf({ body: Buffer.from(body) });
        expect(new Uint8Array(Buffer.from(event.body, 'base64'))).toEqual(body);
        expect(event.isBase64Encoded).toBe(true);
      }),
    );
  });

  it('survives the way through JSON text, whatever was asked for', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const event = eventOf({ target: `/?${query}` });
        expect(JSON.parse(JSON.stringify(event))).toEqual(event);
      }),
    );
  });
});
