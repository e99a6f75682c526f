import { describe, expect, it } from 'vitest';
import { ALLOWED_METHODS, readAssetIds } from '../../../lib/http/asset-ids.ts';
import { openEnvelope, recogniseEnvelope } from '../../../lib/http/envelope.ts';
import { headerValues } from '../../../lib/http/headers.ts';

const V2 = { requestContext: { http: { method: 'delete' } } };
const FUNCTION_URL = { requestContext: { http: { method: 'POST' }, domainName: 'x.lambda-url.eu-west-1.on.aws' } };

describe('an event of a gateway', () => {
  it.each([
    ['alb', 'query', 'DELETE', { requestContext: { elb: {} }, httpMethod: 'DELETE' }],
    ['function-url', undefined, 'POST', FUNCTION_URL],
    ['api-gateway-v2', undefined, 'DELETE', V2],
    ['api-gateway-v1', undefined, 'GET', { resource: '/a', version: '1.0', httpMethod: 'GET' }],
    ['api-gateway-v1', 'path', 'PUT', { resource: '/a', httpMethod: 'put' }],
    ['apig', undefined, 'POST', { httpMethod: 'post' }],
  ])('is recognised as %s, with %s encoded', (gateway, encoded, method, event) => {
    expect(openEnvelope(event)).toEqual({ gateway, encoded, method, traceparent: [], multiValueHeaders: false, event });
    expect(recogniseEnvelope(event)).toMatchObject({ gateway });
  });

  it.each([
    ['null', null],
    ['a list', [V2]],
    ['a text', 'DELETE'],
    ['an object without a method', {}],
    ['an empty method', { httpMethod: '' }],
    ['a method that is no text', { httpMethod: 1 }],
    ['a REST authorizer', { type: 'REQUEST', methodArn: 'arn', httpMethod: 'DELETE' }],
    ['an HTTP authorizer', { ...V2, type: 'REQUEST', routeArn: 'arn' }],
  ])('is not %s', (_, event) => {
    expect(() => openEnvelope(event)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_EVENT' }));
    expect(recogniseEnvelope(event)).toBeUndefined();
  });

  it.each([
    ['a methodArn without the type REQUEST', { httpMethod: 'DELETE', methodArn: 'arn' }],
    ['the type REQUEST without an ARN', { httpMethod: 'DELETE', type: 'REQUEST' }],
  ])('may have %s', (_, event) => {
    expect(openEnvelope(event)).toMatchObject({ gateway: 'apig' });
  });

  it.each([
    [true, { requestContext: { elb: {} }, multiValueHeaders: {} }],
    [false, { requestContext: { elb: {} }, headers: {} }],
    [false, { resource: '/a', multiValueHeaders: {} }],
  ])('wants multiValueHeaders: %s', (multiValueHeaders, event) => {
    expect(openEnvelope({ httpMethod: 'POST', ...event })).toMatchObject({ multiValueHeaders });
  });

  it('keeps its traceparent headers', () => {
    expect(openEnvelope({ ...V2, headers: { Traceparent: 'a' } })).toMatchObject({ traceparent: ['a'] });
  });
});

describe('the values of a header', () => {
  it.each([
    [['a'], { headers: { 'X-NAME': 'a' } }],
    [['a', 'b'], { headers: { 'x-name': ['a', 'b'] } }],
    [['b', 'a'], { headers: { 'x-name': 'b' }, multiValueHeaders: { 'X-Name': ['a', 'b'] } }],
    [[], { headers: { 'x-name': 7, other: 'a' }, multiValueHeaders: null }],
    [[], {}],
  ])('are %j', (values, event) => {
    expect(headerValues(event, 'x-name')).toEqual(values);
  });
});

describe('the asset ids of a request', () => {
  const read = (event: object) => readAssetIds(openEnvelope({ httpMethod: 'POST', ...event }));
  const v1 = { resource: '/a' };
  const alb = { requestContext: { elb: {} } };

  it.each([
    ['nothing', {}, [undefined, undefined, undefined, undefined]],
    ['a path', { pathParameters: { asset_id: 'a%20b' } }, ['a%20b', undefined, undefined, undefined]],
    ['an encoded path', { ...v1, pathParameters: { asset_id: 'a%20b' } }, ['a b', undefined, undefined, undefined]],
    [
      'a path that does not decode',
      { ...v1, pathParameters: { asset_id: '%' } },
      ['%', undefined, undefined, undefined],
    ],
    ['a path that is no text', { ...v1, pathParameters: { asset_id: 7 } }, [7, undefined, undefined, undefined]],
    ['a query', { queryStringParameters: { asset_id: 'a%20b' } }, [undefined, 'a%20b', undefined, undefined]],
    [
      'an encoded query',
      { ...alb, queryStringParameters: { asset_id: 'a%20b' } },
      [undefined, 'a b', undefined, undefined],
    ],
    [
      'a repeated query',
      { queryStringParameters: { asset_id: 'b' }, multiValueQueryStringParameters: { asset_id: ['a', 'b'] } },
      [undefined, 'b', 'a', 'b', undefined],
    ],
    [
      'a raw query, which comes before the parsed one',
      { rawQueryString: 'asset_id=a&asset_id=b%21', queryStringParameters: { asset_id: 'a,b!' } },
      [undefined, 'a', 'b!', undefined],
    ],
    [
      'a raw query without an id',
      { rawQueryString: 'other=1', queryStringParameters: { asset_id: 'a' } },
      [undefined, 'a', undefined, undefined],
    ],
    ['a body', { body: '{"asset_id":"a"}' }, [undefined, undefined, undefined, 'a']],
    [
      'a body in base64',
      { body: btoa('{"asset_id":"a"}'), isBase64Encoded: true },
      [undefined, undefined, undefined, 'a'],
    ],
    [
      'the flag as text',
      { body: btoa('{"asset_id":"a"}'), isBase64Encoded: 'true' },
      [undefined, undefined, undefined, 'a'],
    ],
    [
      'inherited members',
      { pathParameters: Object.create({ asset_id: 'a' }) },
      [undefined, undefined, undefined, undefined],
    ],
  ])('are read from %s', (_, event, expected) => {
    expect(read(event)).toEqual(expected);
  });

  it('are read from no other body', () => {
    expect(() => read({ body: btoa('{"asset_id":"a"}'), isBase64Encoded: 'yes' })).toThrow(
      expect.objectContaining({ code: 'INVALID_BODY' }),
    );
  });

  it.each(['GET', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'])('are not read from %s', (httpMethod) => {
    expect(() => read({ httpMethod })).toThrow(expect.objectContaining({ code: 'METHOD_NOT_ALLOWED' }));
  });

  it('are read from DELETE and POST', () => {
    expect(ALLOWED_METHODS).toEqual(['DELETE', 'POST']);
    for (const httpMethod of ALLOWED_METHODS) expect(read({ httpMethod })).toHaveLength(4);
  });
});
