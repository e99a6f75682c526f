import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallFacts } from '../../../lib/cancel/vod-port.ts';
import { readAssetStatus } from '../../../lib/vod/asset-status.ts';
import { vodAt, warmUpSigner } from '../../../lib/vod/client.ts';

const credentials = { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE', securityToken: 'TOKEN-EXAMPLE' };
const PROJECT = 'p1';
const TIMEOUT_MS = 30_000;

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly requestId?: string;
}

let server: Server;
let answer: Answer;
let received: { readonly request: IncomingMessage; readonly body: string } | undefined;

beforeEach(async () => {
  received = undefined;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received = { request, body };
      response.writeHead(answer.status, { 'x-request-id': answer.requestId ?? 'vod-1' });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const vod = () => vodAt({ endpoint: origin(), projectId: PROJECT, credentials });

function reporter(): { readonly facts: CallFacts[]; readonly report: (facts: CallFacts) => void } {
  const facts: CallFacts[] = [];
  return { facts, report: (one) => facts.push(one) };
}

describe('a cancel', () => {
  it('is the DELETE of the API, signed, with no body', async () => {
    answer = { status: 204 };
    const { facts, report } = reporter();
    await expect(vod().cancel('a/ b', TIMEOUT_MS, report)).resolves.toMatchObject({ verdict: 'cancelled' });
    const { method, url, headers } = received?.request ?? {};
    expect([method, url, received?.body]).toEqual(['DELETE', '/v1.0/p1/asset/process?asset_id=a%2F%20b', '']);
    expect(headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'vod-transcode-cancel',
      'x-project-id': PROJECT,
      'x-security-token': 'TOKEN-EXAMPLE',
      authorization: expect.stringMatching(/^SDK-HMAC-SHA256 Access=AK-EXAMPLE, /),
    });
    expect(facts).toEqual([
      { verdict: 'cancelled', status: 204, code: undefined, cause: undefined, vodRequestId: 'vod-1', reused: false },
    ]);
  });

  it('reports a refusal and a used connection', async () => {
    answer = { status: 403, body: { error_code: 'VOD.10083' } };
    const { facts, report } = reporter();
    const client = vod();
    await client.cancel('a', TIMEOUT_MS);
    await client.cancel('a', TIMEOUT_MS, report);
    expect(facts).toMatchObject([{ verdict: 'not_queued', status: 403, code: 'VOD.10083', reused: true }]);
  });

  it.each(['AK-EXAMPLE', 'SK-EXAMPLE', 'TOKEN-EXAMPLE'])('passes on no request id with %s in it', async (requestId) => {
    answer = { status: 204, requestId };
    const attempt = await vod().cancel('a', TIMEOUT_MS);
    expect(attempt.vodRequestId).toBeUndefined();
  });

  it('passes on any other request id, with a key that has no token as well', async () => {
    answer = { status: 204, requestId: 'undefined-0123' };
    const { ak, sk } = credentials;
    const attempt = await vodAt({ endpoint: origin(), projectId: PROJECT, credentials: { ak, sk } }).cancel(
      'a',
      TIMEOUT_MS,
    );
    expect(attempt.vodRequestId).toBe('undefined-0123');
    expect(received?.request.headers).not.toHaveProperty('x-security-token');
  });

  it('is an attempt also if nothing can be sent', async () => {
    const client = vod();
    await new Promise((resolve) => server.close(resolve));
    const { facts, report } = reporter();
    const attempt = await client.cancel('a', TIMEOUT_MS, report);
    expect(attempt).toMatchObject({
      verdict: 'unreachable',
      error: { code: 'VOD_UNREACHABLE', cause: 'ECONNREFUSED' },
    });
    expect(facts).toMatchObject([{ verdict: 'unreachable', status: undefined, cause: 'ECONNREFUSED', reused: false }]);
  });

  it('rejects on a bug', async () => {
    await expect(vodAt({ endpoint: 'no origin', projectId: 'p', credentials }).cancel('a', 1)).rejects.toThrow(
      'Invalid URL',
    );
  });
});

describe('a status read', () => {
  it('is the GET of the asset list, with the body that is signed', async () => {
    answer = { status: 200, body: { assets: [{ asset_id: 'a', transcode_status: 'TRANSCODING' }] } };
    const { facts, report } = reporter();
    await expect(vod().readStatus('a', TIMEOUT_MS, report)).resolves.toEqual({
      transcodeStatus: 'TRANSCODING',
      uploading: false,
    });
    const { method, url } = received?.request ?? {};
    expect([method, url]).toEqual(['GET', expect.stringMatching(/^\/v1\.0\/p1\/asset\/list\?.*asset_id=a/)]);
    expect(received?.body).toBe('{}');
    expect(facts).toMatchObject([{ verdict: 'read', code: undefined, status: 200 }]);
  });

  it.each<[string, Answer, Partial<CallFacts>]>([
    ['a refusal', { status: 403, body: { error_code: 'VOD.10074' } }, { verdict: 'refused', code: 'VOD.10074' }],
    ['a list without the asset', { status: 200, body: { assets: [] } }, { verdict: 'undocumented_retryable' }],
  ])('gives nothing after %s', async (_, given, expected) => {
    answer = given;
    const { facts, report } = reporter();
    await expect(vod().readStatus('a', TIMEOUT_MS, report)).resolves.toBeUndefined();
    expect(facts).toMatchObject([expected]);
    await expect(vod().readStatus('a', TIMEOUT_MS)).resolves.toBeUndefined();
  });

  it('gives nothing if nothing can be sent', async () => {
    const client = vod();
    await new Promise((resolve) => server.close(resolve));
    const { facts, report } = reporter();
    await expect(client.readStatus('a', TIMEOUT_MS, report)).resolves.toBeUndefined();
    expect(facts).toMatchObject([{ verdict: 'unreachable', code: 'VOD_UNREACHABLE' }]);
  });
});

describe('the status of an asset', () => {
  const read = (body: unknown, status = 200) =>
    readAssetStatus({ status, headers: {}, body: JSON.stringify(body) }, 'a');
  const asset = { asset_id: 'a', transcode_status: 'UN_TRANSCODE', asset_status: 'CREATED' };

  it.each([
    ['UN_TRANSCODE', 'CREATED', false],
    ['UN_TRANSCODE', 'CREATING', true],
    ['WAITING_TRANSCODE', 'CREATED', false],
    ['TRANSCODING', 'PUBLISHED', false],
    ['TRANSCODE_SUCCEED', undefined, false],
    ['TRANSCODE_FAILED', 'CREATED', false],
  ])('is read: %s, %s', (transcodeStatus, assetStatus, uploading) => {
    const one = { ...asset, transcode_status: transcodeStatus, asset_status: assetStatus };
    expect(read({ assets: [{ ...asset, asset_id: 'b', transcode_status: '' }, one] })).toEqual({
      transcodeStatus,
      uploading,
    });
  });

  it.each([
    ['an unknown status', { assets: [{ ...asset, transcode_status: 'CANCELLED' }] }, 200],
    ['no status', { assets: [{ asset_id: 'a' }] }, 200],
    ['another asset', { assets: [{ ...asset, asset_id: 'b' }] }, 200],
    ['no list', { assets: asset }, 200],
    ['members that are no objects', { assets: [null, 'a', 7] }, 200],
    ['nothing', null, 200],
    ['another status', { assets: [asset] }, 201],
  ])('is unknown for %s', (_, body, status) => {
    expect(read(body, status)).toBeUndefined();
  });
});

it('the signer can be warmed up without a call', () => {
  expect(warmUpSigner).not.toThrow();
});
