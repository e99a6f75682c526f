import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Credentials } from '../../../lib/vod/credentials.ts';
import { canonicalQuery, type QueryParams } from '../../../lib/vod/query.ts';
import {
  authorization,
  canonicalRequest,
  signature,
  signedHeaders,
  stringToSign,
  type UnsignedRequest,
} from '../../../lib/vod/signer.ts';
import { runs } from '../../helpers/properties.ts';
import published from '../../vectors/huawei-signature.json' with { type: 'json' };

afterEach(() => {
  vi.useRealTimers();
});

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom("it's", 'a/b c', '(1)*!~', '%2F'));
const printable = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
const segment = fc.stringMatching(/^[\w.~-]{1,20}$/).filter((one) => one !== '.' && one !== '..');
const request: fc.Arbitrary<UnsignedRequest> = fc.record({
  origin: fc
    .tuple(
      fc.constantFrom('https', 'http'),
      fc.constantFrom('vod.cn-north-4.myhuaweicloud.com', '127.0.0.1:8443', '[::1]:8080', 'localhost'),
    )
    .map(([scheme, host]) => `${scheme}://${host}`),
  method: fc.constantFrom('GET', 'DELETE', 'POST'),
  path: fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '/'))
    .map(([segments, end]) => `/${segments.join('/')}${end}`),
  query: fc.constant(''),
  projectId: segment,
  contentType: fc.constant('application/json'),
  body: fc.constantFrom(undefined, '{}', '{"asset_id":["1"]}'),
});
const queryParams = fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1 })));
const credentials: fc.Arbitrary<Credentials> = fc.record(
  { ak: printable, sk: text.filter((sk) => sk !== ''), securityToken: printable },
  { requiredKeys: ['ak', 'sk'] },
);
const time = fc.date({
  min: new Date('1000-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

function signedBySdk(unsigned: UnsignedRequest, params: QueryParams, { ak, sk, securityToken }: Credentials): object {
  const { origin, path, method, projectId, contentType, body } = unsigned;
  const headers = {
    ...(securityToken !== undefined && { 'X-Security-Token': securityToken }),
    'X-Project-Id': projectId,
    'content-type': contentType,
  };
  const data: unknown = body === undefined ? undefined : JSON.parse(body);
  const key = { getAk: () => ak, getSk: () => sk } as ICredential;
  return AKSKSigner.sign(
    { endpoint: `${origin}${path}`, method, queryParams: structuredClone(params), headers, data },
    key,
  );
}

it("signs any request of our kind as the SDK's signer does, at any time, with any key", () => {
  fc.assert(
    fc.property(request, queryParams, credentials, time, (given, params, key, now) => {
      const unsigned = { ...given, query: canonicalQuery(params) };
      vi.useFakeTimers({ toFake: ['Date'], now });
      expect(signedHeaders(unsigned, key)).toStrictEqual({ ...signedBySdk(unsigned, params, key) });
    }),
    { numRuns: runs(300) },
  );
});

it('leaves the request as it is', () => {
  const unsigned: UnsignedRequest = {
    origin: 'https://h',
    path: '/v1.0/p/asset/list',
    method: 'GET',
    query: 'asset_id=a',
    projectId: 'p',
    contentType: 'application/json',
    body: '{}',
  };
  const before = structuredClone(unsigned);
  signedHeaders(unsigned, { ak: 'AK', sk: 'SK' });
  expect(unsigned).toEqual(before);
});

describe.each(published.vectors)('the published vector "$name"', (vector) => {
  const { method, path, body, date, ak, sk, signedHeaders: names, expected } = vector;
  const values = new Map(Object.entries(vector.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const headers = names.split(';').map((name) => [name, values.get(name) ?? ''] as const);
  const query = canonicalQuery(vector.query);

  it('has the canonical request of step 1', () => {
    expect(canonicalRequest({ method, path, query, body: body === '' ? undefined : body }, headers)).toBe(
      expected.canonicalRequest,
    );
  });

  it('has the string to sign of step 2', () => {
    expect(stringToSign(date, expected.canonicalRequest)).toBe(expected.stringToSign);
  });

  it('has the signature of step 3', () => {
    expect(signature(sk, expected.stringToSign)).toBe(vector.signature);
  });

  it('has the Authorization of step 4', () => {
    expect(authorization(ak, headers, vector.signature)).toBe(expected.authorization);
  });
});
