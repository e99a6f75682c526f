import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalQuery, percentEncode } from '../../../lib/vod/query.ts';

/** The SDK's own, which it keeps to itself. */
const sdk = AKSKSigner as unknown as { urlEncode(text: string): string };

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom("it's", 'a/b c', '(1)*!~', '%2F'));

it('encodes as the SDK does', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(percentEncode(value)).toBe(sdk.urlEncode(value));
    }),
  );
});

it('is read back as what was given, sorted', () => {
  expect(canonicalQuery({ b: ['2', '1'], a: "it's & =" })).toBe('a=it%27s%20%26%20%3D&b=1&b=2');
  fc.assert(
    fc.property(fc.dictionary(text, text), (params) => {
      expect(Object.fromEntries(new URLSearchParams(canonicalQuery(params)))).toEqual({ ...params });
    }),
  );
});

it('refuses a lone surrogate, which has no UTF-8 form', () => {
  expect(() => percentEncode('\ud800')).toThrow(URIError);
  expect(() => canonicalQuery({ asset_id: ['a\udc00'] })).toThrow(URIError);
});
