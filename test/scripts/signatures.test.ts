import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WireRequest } from '../../lib/vod/transport.ts';
import { bundle } from '../../scripts/bundle.ts';
import { runs } from '../helpers/properties.ts';
import { ENTRY, PROJECT, signInChild, temporaryFolder } from './scratch/scratch.ts';
import type { Call, handler } from './scratch/vod-request.ts';
import { requestOfWholeSdk } from './scratch/whole-sdk.ts';

interface Vector {
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly query: { readonly asset_id: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly date: string;
  readonly ak: string;
  readonly sk: string;
  readonly expected: { readonly authorization: string };
}

const { vectors } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../vectors/huawei-vod-cancel.json'), 'utf8'),
) as { vectors: readonly Vector[] };

const outdir = temporaryFolder();
const file = join(outdir, 'vod-request/index.js');
let pruned: typeof handler;

beforeAll(async () => {
  await bundle([join(PROJECT, ENTRY)], outdir);
  pruned = createRequire(import.meta.url)(file).handler;
});

afterEach(() => {
  vi.useRealTimers();
});

/** The SDK's own encoding, which it keeps to itself. */
const sdkEncode = (text: string): string =>
  (AKSKSigner as unknown as { urlEncode(text: string): string }).urlEncode(text);

/** What we send besides the signed headers. */
const OURS = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'vod-transcode-cancel' };

const orders = vectors.map(({ host, query, headers, date, ak, sk }) => ({
  call: {
    method: 'cancel',
    endpoint: `https://${host}`,
    ak,
    sk,
    token: headers['X-Security-Token'],
    projectId: headers['X-Project-Id'] ?? '',
    assetId: query.asset_id,
  } satisfies Call,
  time: Date.parse(date.replace(/^(....)(..)(..)T(..)(..)/, '$1-$2-$3T$4:$5:')),
}));

describe('the signature vectors, signed by the bundle in a process of its own', () => {
  it('has vectors with and without a security token', () => {
    const withToken = orders.filter(({ call }) => call.token !== undefined);
    expect(withToken.length).toBeGreaterThan(0);
    expect(withToken.length).toBeLessThan(orders.length);
  });

  it.each([
    ['as it comes', {}],
    ['with the debug switch of the SDK', { DEBUG: 'DEBUG' }],
    ['in a locale with an order of its own', { LC_ALL: 'et_EE.UTF-8' }],
    ['in a time zone far from UTC', { TZ: 'Pacific/Kiritimati' }],
  ])('gives the expected Authorization and prints nothing, %s', (_, env) => {
    const { printed, sent } = signInChild(file, orders, env);
    expect(printed).toBe('');
    expect(sent).toHaveLength(vectors.length);
    for (const [index, { name, host, path, query, headers, expected }] of vectors.entries()) {
      const { headers: sentHeaders, ...request } = sent[index] as WireRequest;
      expect(request, name).toEqual({
        method: 'DELETE',
        origin: `https://${host}`,
        path: `${path}?asset_id=${sdkEncode(query.asset_id)}`,
      });
      expect(sentHeaders, name).toEqual({ ...OURS, ...headers, Authorization: expected.authorization });
    }
  });

  it('gives what was recorded for a status read, whose signature covers the body `{}`', () => {
    const call: Call = {
      method: 'list',
      endpoint: 'https://vod.cn-north-4.myhuaweicloud.com',
      ak: 'AK-EXAMPLE',
      sk: 'SK-EXAMPLE',
      token: 'STS-token+/=',
      projectId: '0123456789abcdef0123456789abcdef',
      assetId: '0123456789abcdef0123456789abcdef',
    };
    const { sent } = signInChild(file, [{ call, time: Date.UTC(2026, 0, 2, 3, 4, 5) }]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'GET',
      origin: call.endpoint,
      path: `/v1.0/${call.projectId}/asset/list?asset_id=${call.assetId}`,
      body: '{}',
    });
    expect(sent[0]?.headers).toEqual({
      ...OURS,
      'content-type': 'application/json',
      host: 'vod.cn-north-4.myhuaweicloud.com',
      'X-Project-Id': call.projectId,
      'X-Sdk-Date': '20260102T030405Z',
      'X-Security-Token': 'STS-token+/=',
      Authorization:
        'SDK-HMAC-SHA256 Access=AK-EXAMPLE, SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, ' +
        'Signature=59060cc259ccd071a75234a6f9eb879ed3880eb2c2a95978f3abba134961bcc8',
    });
  });
});

const region = fc.constantFrom('cn-north-4', 'cn-north-1', 'cn-east-2', 'ap-southeast-1', 'eu-west-101');
const endpoint = fc.oneof(
  region.map((name) => `https://vod.${name}.myhuaweicloud.com`),
  fc.integer({ min: 1024, max: 65_535 }).map((port) => `http://127.0.0.1:${port}`),
  fc.integer({ min: 1024, max: 65_535 }).map((port) => `http://[::1]:${port}`),
);
const word = fc.stringMatching(/^[\w-]{1,64}$/);
const call: fc.Arbitrary<Call> = fc.record({
  method: fc.constantFrom('cancel', 'list'),
  endpoint,
  ak: word,
  sk: fc.string({ minLength: 1 }),
  token: fc.option(fc.string({ minLength: 1, maxLength: 600 }), { nil: undefined }),
  projectId: word,
  assetId: fc.oneof(
    fc.stringMatching(/^[0-9a-f]{32}$/),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  ),
});
const time = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

describe('the bundle and the SDK as it is installed', () => {
  it('send the same request, signature included, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(call, time, async (order, date) => {
        vi.useFakeTimers({ toFake: ['Date'], now: date });
        const { origin, path, method, headers, body } = await pruned(order);
        const theirs = await requestOfWholeSdk(order);
        const [name, value] = Object.entries(theirs.queryParams)[0] as [string, string | [string]];
        expect(method).toBe(theirs.method);
        expect(`${origin}${path}`).toBe(`${theirs.endpoint}?${name}=${sdkEncode([value].flat()[0] ?? '')}`);
        expect(headers).toEqual({ ...OURS, ...theirs.headers });
        expect(body).toBe(theirs.data && JSON.stringify(theirs.data));
      }),
      { numRuns: runs(150) },
    );
  });
});
