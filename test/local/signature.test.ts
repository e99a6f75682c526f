import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  parseAuthorization,
  type SignableRequest,
  signature,
  stringToSign,
  verifySignature,
} from '../../local/vod/signature.ts';
import published from '../vectors/huawei-signature.json' with { type: 'json' };
import cancel from '../vectors/huawei-vod-cancel.json' with { type: 'json' };

/** What both files have in common; each tells different steps in advance. */
interface Vector {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly date: string;
  readonly signedHeaders: string;
  readonly sk: string;
  readonly expected: {
    readonly authorization: string;
    readonly canonicalRequest?: string;
    readonly canonicalRequestSha256?: string;
    readonly stringToSign?: string;
  };
}

const VECTORS: readonly Vector[] = [...published.vectors, ...cancel.vectors];

const present = (record: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value ?? '']));

const signable = ({ method, path, query, headers, body }: Vector): SignableRequest => ({
  method,
  path,
  query: Object.entries(present(query)),
  headers: present(headers),
  body,
});

describe.each(VECTORS)('vector "$name"', (vector) => {
  const { expected, date, sk } = vector;
  const names = vector.signedHeaders.split(';');
  const canonical = canonicalRequest(signable(vector), names);
  const toSign = stringToSign(date, canonical);

  it('has the canonical request', () => {
    if (expected.canonicalRequest !== undefined) expect(canonical).toBe(expected.canonicalRequest);
    const hash = createHash('sha256').update(canonical).digest('hex');
    expect(hash).toBe(expected.canonicalRequestSha256 ?? expected.stringToSign?.split('\n')[2]);
  });

  it('has the string to sign', () => {
    if (expected.stringToSign !== undefined) expect(toSign).toBe(expected.stringToSign);
    expect(toSign.split('\n').slice(0, 2)).toEqual(['SDK-HMAC-SHA256', date]);
  });

  it('has the signature', () => {
    const claimed = parseAuthorization(expected.authorization);
    expect(claimed).toEqual({ ak: expect.any(String), signedHeaders: names, signature: signature(sk, toSign) });
  });
});

describe('verifySignature', () => {
  const [vector] = VECTORS;
  if (vector === undefined) throw new Error('no vectors');
  const claimed = parseAuthorization(vector.expected.authorization);
  if (claimed === undefined) throw new Error('the vector has no authorization');

  it('accepts the right one and refuses each with one digit changed', () => {
    expect(verifySignature(signable(vector), vector.date, vector.sk, claimed)).toBe(true);
    for (let at = 0; at < claimed.signature.length; at += 1) {
      const digit = claimed.signature[at] === '0' ? '1' : '0';
      const wrong = `${claimed.signature.slice(0, at)}${digit}${claimed.signature.slice(at + 1)}`;
      expect(verifySignature(signable(vector), vector.date, vector.sk, { ...claimed, signature: wrong })).toBe(false);
    }
  });

  it('refuses one of another length', () => {
    const short = { ...claimed, signature: claimed.signature.slice(1) };
    expect(verifySignature(signable(vector), vector.date, vector.sk, short)).toBe(false);
  });
});

describe('canonicalRequest', () => {
  const base = { method: 'GET', path: '/', headers: {}, body: '' };
  const queryLine = (query: [string, string][]) => canonicalRequest({ ...base, query }, []).split('\n')[2];

  it('sorts by name, then by value', () => {
    expect(
      queryLine([
        ['a-b', '1'],
        ['a', '2'],
        ['a', '10'],
        ['A', '3'],
      ]),
    ).toBe('A=3&a=10&a=2&a-b=1');
  });

  it('does not depend on the order of the query', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(pairs, (query) => {
        expect(queryLine(query)).toBe(queryLine([...query].reverse()));
      }),
    );
  });

  it('has nothing but unreserved characters and percent-escapes in its query', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(pairs, (query) => {
        expect(queryLine(query)).toMatch(/^(?:[\w.~-]|%[0-9A-F]{2}|[=&])*$/);
      }),
    );
  });
});

describe('parseAuthorization', () => {
  it('reads what it can be made of', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
    const names = fc.array(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { minLength: 1 });
    fc.assert(
      fc.property(token, names, fc.stringMatching(/^[0-9a-f]{64}$/), (ak, signedHeaders, value) => {
        const header = `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signedHeaders.join(';')}, Signature=${value}`;
        expect(parseAuthorization(header)).toEqual({ ak, signedHeaders, signature: value });
      }),
    );
  });

  const HEADER = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=${'0'.repeat(64)}`;

  it.each([
    ['another algorithm', HEADER.replace('SHA256', 'SM3')],
    ['no key', HEADER.replace('Access=AK', 'Access=')],
    ['no signed headers', HEADER.replace('host;x-sdk-date', '')],
    ['a signature of 63 digits', HEADER.slice(0, -1)],
    ['a signature of 65 digits', `${HEADER}0`],
    ['a signature in capitals', `${HEADER.slice(0, -1)}A`],
    ['the parts in another order', HEADER.replace(/(Access=AK), (SignedHeaders=[^,]+)/, '$2, $1')],
    ['a text before it', ` ${HEADER}`],
    ['a line after it', `${HEADER}\n`],
    ['nothing', ''],
  ])('refuses %s', (_, header) => {
    expect(parseAuthorization(HEADER)).toBeDefined();
    expect(parseAuthorization(header)).toBeUndefined();
  });
});
