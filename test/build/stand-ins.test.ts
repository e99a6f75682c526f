import { AKSKSigner as Original } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AKSKSigner, type UnsignedRequest } from '../../build/diet/stand-ins/signer.ts';
import * as streams from '../../build/diet/stand-ins/streams.ts';

afterEach(() => {
  vi.useRealTimers();
});

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom("it's", 'a/b c', '(1)*!~', '%2F'));
const value = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
const segment = fc.stringMatching(/^[\w.~-]{1,20}$/).filter((one) => one !== '.' && one !== '..');
const request: fc.Arbitrary<UnsignedRequest> = fc.record(
  {
    endpoint: fc
      .record({
        scheme: fc.constantFrom('https', 'http'),
        host: fc.constantFrom('vod.cn-north-4.myhuaweicloud.com', '127.0.0.1:8443', '[::1]:8080', 'localhost'),
        path: fc.array(segment, { minLength: 1, maxLength: 5 }),
        end: fc.constantFrom('', '/'),
      })
      .map(({ scheme, host, path, end }) => `${scheme}://${host}/${path.join('/')}${end}`),
    method: fc.constantFrom('GET', 'DELETE', 'POST'),
    queryParams: fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1 }))),
    headers: fc.record(
      { 'X-Security-Token': value, 'X-Project-Id': value, 'content-type': fc.constant('application/json') },
      { requiredKeys: ['X-Project-Id', 'content-type'] },
    ),
    data: fc.constantFrom({}, { asset_id: ['1'] }),
  },
  { requiredKeys: ['endpoint', 'method', 'queryParams', 'headers'] },
);
const time = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

describe('the signer', () => {
  it("signs any request of our kind as the SDK's own does, at any time, with any key", () => {
    fc.assert(
      fc.property(request, value, text, time, (unsigned, ak, sk, now) => {
        fc.pre(sk !== '');
        vi.useFakeTimers({ toFake: ['Date'], now });
        const key = { getAk: () => ak, getSk: () => sk };
        const ours = AKSKSigner.sign(unsigned, key);
        expect(ours).toEqual(Original.sign(structuredClone(unsigned), key as ICredential));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses a header it does not know, rather than leave it unsigned', () => {
    const headers = { 'content-type': 'application/json', 'X-Project-Id': 'p', 'X-More': '1' };
    const unsigned = { endpoint: 'https://h/v1.0/p/x', method: 'DELETE', queryParams: {}, headers };
    expect(() => AKSKSigner.sign(unsigned, { getAk: () => 'AK', getSk: () => 'SK' })).toThrow(TypeError);
  });

  it('leaves the request as it is', () => {
    const unsigned = {
      endpoint: 'https://h/v1.0/p/asset/list',
      method: 'GET',
      queryParams: { asset_id: ['b', 'a'] },
      headers: { 'X-Project-Id': 'p', 'content-type': 'application/json' },
      data: {},
    };
    const before = structuredClone(unsigned);
    AKSKSigner.sign(unsigned, { getAk: () => 'AK', getSk: () => 'SK' });
    expect(unsigned).toEqual(before);
  });
});

describe('what is left out', () => {
  it.each([
    ['Readable.from', () => streams.Readable.from()],
    ['pipeline', () => streams.pipeline()],
  ])('%s says so when it is used after all', (_, use) => {
    expect(use).toThrow('streamed responses are left out of this bundle');
  });
});
