import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Failure } from '../../../lib/cancel/failure.ts';
import { readAssetIds } from '../../../lib/http/asset-ids.ts';
import { openEnvelope } from '../../../lib/http/envelope.ts';

const NAMES = [
  ...['httpMethod', 'requestContext', 'http', 'method', 'elb', 'domainName', 'resource', 'version', 'type', 'body'],
  ...['headers', 'multiValueHeaders', 'traceparent', 'isBase64Encoded', 'pathParameters', 'queryStringParameters'],
  ...['multiValueQueryStringParameters', 'rawQueryString', 'asset_id', 'toString', 'valueOf', '__proto__', 'length'],
];
const VALUES = ['DELETE', 'POST', 'delete', '1.0', 'a.lambda-url.b', 'asset_id=%', '{"asset_id":"a"}', 'e30=', 'true'];

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, tie('leaf'), tie('array'), tie('object')),
  leaf: fc.oneof(fc.constantFrom(...VALUES, null, true, 7, ''), fc.string()),
  array: fc.array(tie('tree'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom(...NAMES), tie('tree'), { maxKeys: 6 }),
}));

/** Most events are no request at once, so these members come often. */
const request = fc
  .record({ httpMethod: fc.constantFrom('DELETE', 'POST'), rest: tree })
  .map(({ httpMethod, rest }) => ({
    ...(typeof rest === 'object' ? rest : {}),
    httpMethod,
  }));
const functionUrl = fc
  .record({ method: fc.constantFrom('DELETE', 'POST'), domainName: tree, rest: tree })
  .map(({ method, domainName, rest }) => ({
    ...(typeof rest === 'object' ? rest : {}),
    requestContext: { http: { method }, domainName },
  }));

it('of any JSON, a gateway event is read or refused, and nothing else is thrown', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(tree, request, functionUrl, fc.jsonValue({ maxDepth: 5 })), (event) => {
      try {
        expect(readAssetIds(openEnvelope(event))).toBeInstanceOf(Array);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
    }),
    { numRuns: 3_000, examples: [[{ requestContext: { http: { method: 'DELETE' }, domainName: { toString: 1 } } }]] },
  );
  expect(read).toBeGreaterThan(100);
});
