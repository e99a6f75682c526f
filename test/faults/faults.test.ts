import { request as send } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import {
  answer,
  applied,
  FAULTS,
  type FaultName,
  hugeBody,
  redirectTo,
  slow,
  throttled,
  unavailable,
} from '../helpers/faults.ts';
import { drip } from '../helpers/wire-faults.ts';
import { type Call, cancelPath, listPath, type Reply, sign, signedRequest } from '../local/client.ts';
import { ACCOUNT, ASSET } from '../local/samples.ts';

let vod: VodStandIn;

beforeAll(async () => {
  vod = await startVodStandIn({ accounts: [ACCOUNT], callsPerMinute: Number.POSITIVE_INFINITY });
});

afterEach(() => {
  vod.clearFaults();
  vod.resetCalls();
});

afterAll(() => vod.close());

const CANCEL: Call = { method: 'DELETE', path: cancelPath(ACCOUNT.projectId, ASSET) };
const LIST: Call = { method: 'GET', path: listPath(ACCOUNT.projectId, ASSET) };

const call = (what: Call): Promise<Reply> => signedRequest(vod.origin, ACCOUNT, what);

function cancelUnder(fault: FaultName): Promise<Reply> {
  vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
  vod.inject(FAULTS[fault]);
  return call(CANCEL);
}

const status = () => vod.assets.get(ASSET)?.transcodeStatus;

/** What a client sees of an answer that does not end: all that has come by the time `until` is true. */
function watch(what: Call, until: (body: string, headArrived: boolean) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = sign(ACCOUNT, new URL(vod.origin).host, what);
    let body = '';
    const outgoing = send(`${vod.origin}${what.path}`, { method: what.method, headers, agent: false }, (incoming) => {
      const look = () => {
        if (!until(body, true)) return;
        resolve(body);
        outgoing.destroy();
      };
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
        look();
      });
      incoming.on('end', () => reject(new Error('the answer ended')));
      incoming.on('error', () => undefined);
      look();
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
  });
}

describe('an answer that is whole', () => {
  it.each<[FaultName, number, string | undefined]>([
    ['html-error', 502, undefined],
    ['html-403', 403, undefined],
    ['json-null', 400, undefined],
    ['json-array', 400, undefined],
    ['empty-400', 400, undefined],
    ['empty-404', 404, undefined],
    ['ok-200', 200, undefined],
    ['redirect-301', 301, undefined],
    ['redirect-307', 307, undefined],
    ['unauthorized-echo', 401, 'APIGW.0301'],
    ['forbidden-10074', 403, 'VOD.10074'],
    ['throttled', 429, 'APIGW.0308'],
    ['throttled-retry-after', 429, 'APIGW.0308'],
    ['error-500', 500, 'VOD.10051'],
    ['error-502', 502, 'APIGW.0610'],
    ['error-503', 503, 'APIGW.0613'],
    ['error-503-retry-after', 503, 'APIGW.0613'],
    ['error-504', 504, 'APIGW.0201'],
    ['internal-403', 403, 'VOD.10051'],
    ['not-queued-400', 400, 'VOD.10083'],
    ['not-queued-403', 403, 'VOD.10083'],
    ['not-found-400', 400, 'VOD.10062'],
    ['not-found-403', 403, 'VOD.10062'],
    ['not-found-404', 404, 'VOD.10062'],
  ])('%s answers %i %s and changes nothing', async (fault, expectedStatus, code) => {
    const reply = await cancelUnder(fault);
    expect(reply.status).toBe(expectedStatus);
    if (code !== undefined) expect(JSON.parse(reply.body).error_code).toBe(code);
    expect(status()).toBe('WAITING_TRANSCODE');
    expect(vod.calls[0]).toMatchObject({ fault, status: expectedStatus, code, applied: false });
  });

  it('has the body its name says', async () => {
    expect((await cancelUnder('json-null')).body).toBe('null');
    expect((await cancelUnder('json-array')).body).toBe('[]');
    expect((await cancelUnder('empty-400')).body).toBe('');
    expect((await cancelUnder('html-error')).body).toMatch(/^<!doctype html>/);
    expect((await cancelUnder('html-403')).headers['content-type']).toBe('text/html');
  });

  it('has the header its name says', async () => {
    expect((await cancelUnder('throttled')).headers).not.toHaveProperty('retry-after');
    expect((await cancelUnder('throttled-retry-after')).headers['retry-after']).toBe('1');
    expect((await cancelUnder('error-503-retry-after')).headers['retry-after']).toBe('1');
    expect((await cancelUnder('redirect-307')).headers.location).toMatch(/^https:/);
  });

  it('unauthorized-echo shows the headers really received', async () => {
    vod.inject('unauthorized-echo');
    const headers = { 'x-security-token': 'TOKEN-EXAMPLE' };
    const { body } = await call({ ...CANCEL, headers });
    const { authorization } = vod.calls[0]?.headers ?? {};
    expect(JSON.parse(body).error_msg).toContain('|x-security-token:TOKEN-EXAMPLE');
    expect(JSON.parse(body).error_msg).toContain(`|authorization:${String(authorization)}`);
  });
});

describe('an answer that is broken', () => {
  it.each<FaultName>(['reset-before-read', 'reset-after-headers', 'truncated-body', 'long-content-length'])(
    '%s ends the connection too early',
    async (fault) => {
      await expect(cancelUnder(fault)).rejects.toThrow(/ECONNRESET|socket hang up|aborted/);
      expect(status()).toBe('WAITING_TRANSCODE');
    },
  );

  it('reset-after-headers lets the head through', async () => {
    vod.inject(FAULTS['reset-after-headers']);
    expect(await watch(CANCEL, (_body, headArrived) => headArrived)).toBe('');
    expect(vod.calls[0]?.status).toBe(400);
  });

  it('short-content-length gives a piece of the body', async () => {
    const reply = await cancelUnder('short-content-length');
    expect(reply.status).toBe(400);
    expect(() => JSON.parse(reply.body)).toThrow();
    expect(reply.body).toMatch(/^\{"error_code":"VOD.10083"/);
  });

  it('no-content-with-body cancels, answers 204 and sends a body all the same', async () => {
    expect(await cancelUnder('no-content-with-body')).toMatchObject({
      status: 204,
      headers: { 'content-length': '15' },
    });
    expect(status()).toBe('UN_TRANSCODE');
  });

  it('no-content-with-body leaves alone what is not a 204', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'TRANSCODING' });
    vod.inject(FAULTS['no-content-with-body']);
    expect((await call(CANCEL)).status).toBe(400);
  });

  it('hang-mid-body stops in the middle', async () => {
    vod.inject(FAULTS['hang-mid-body']);
    expect(await watch(CANCEL, (body) => body !== '')).toMatch(/^\{"error_code"[^}]*$/);
  });

  it('drip gives one byte at a time', async () => {
    vod.inject(FAULTS.drip);
    expect(await watch(CANCEL, (body) => body !== '')).toBe('{');
  });

  it('a drip comes to an end when it is let', async () => {
    vod.inject(drip({ status: 400, body: 'drop' }, 1));
    expect(await call(CANCEL)).toMatchObject({ status: 400, body: 'drop', headers: { 'content-length': '4' } });
  });

  it('huge-body goes on for as long as the client reads, and stops when it has gone', async () => {
    vod.inject(FAULTS['huge-body']);
    const ended = new Promise((resolve) => vod.subscribe(resolve));
    const read = await watch(CANCEL, (body) => body.length > 1_000_000);
    expect(read).toMatch(/^\{"error_code":"VOD.10083","error_msg":"a+$/);
    await ended;
  });

  it('a huge body is as large as was asked for, and well-formed', async () => {
    vod.inject(hugeBody(1_000_001));
    const { body } = await call(CANCEL);
    expect(body.length).toBe(1_000_001);
    expect(JSON.parse(body).error_code).toBe('VOD.10083');
  });
});

describe('no answer', () => {
  it.each<[FaultName, string]>([
    ['hang', 'WAITING_TRANSCODE'],
    ['applied-no-answer', 'UN_TRANSCODE'],
    ['slow', 'UN_TRANSCODE'],
  ])('%s lets the client wait; the asset then is %s', async (fault, expected) => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject(FAULTS[fault]);
    const gaveUp = new AbortController();
    const waiting = expect(call({ ...CANCEL, signal: gaveUp.signal })).rejects.toThrow('aborted');
    await expect.poll(() => vod.calls.length === 1 && status()).toBe(expected);
    gaveUp.abort();
    await waiting;
    expect(vod.calls[0]).toMatchObject({ fault, status: undefined, applied: expected === 'UN_TRANSCODE' });
  });
});

describe('an answer that hides what happened', () => {
  it('applied-reset', async () => {
    await expect(cancelUnder('applied-reset')).rejects.toThrow(/ECONNRESET|socket hang up/);
    expect(status()).toBe('UN_TRANSCODE');
  });

  it('applied-504', async () => {
    expect(await cancelUnder('applied-504')).toMatchObject({ status: 504 });
    expect(status()).toBe('UN_TRANSCODE');
    expect(vod.calls[0]).toMatchObject({ applied: true, status: 504 });
  });

  it('still refuses a call with a wrong signature', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject('applied-504');
    expect(await call({ ...CANCEL, headers: { authorization: 'none' } })).toMatchObject({ status: 504 });
    expect(status()).toBe('WAITING_TRANSCODE');
  });
});

describe('a status read', () => {
  const listUnder = async (fault: FaultName) => {
    vod.assets.put(ASSET, { transcodeStatus: 'TRANSCODING' });
    vod.inject(FAULTS[fault]);
    const reply = await call(LIST);
    return { status: reply.status, ...JSON.parse(reply.body) };
  };

  it('list-forbidden', async () => {
    expect(await listUnder('list-forbidden')).toMatchObject({ status: 403, error_code: 'VOD.10074' });
  });

  it('list-empty', async () => {
    expect(await listUnder('list-empty')).toEqual({ status: 200, total: 0, assets: [] });
  });

  it('list-other-asset', async () => {
    const { assets } = await listUnder('list-other-asset');
    expect(assets).toHaveLength(1);
    expect(assets[0].asset_id).toMatch(/^[0-9a-f]{32}$/);
    expect(assets[0].asset_id).not.toBe(ASSET);
  });

  it('list-unknown-status', async () => {
    const { assets } = await listUnder('list-unknown-status');
    expect(assets).toMatchObject([{ asset_id: ASSET, transcode_status: 'ARCHIVED' }]);
  });

  it('list-slow', async () => {
    vod.inject('list-slow');
    const gaveUp = new AbortController();
    const waiting = expect(call({ ...LIST, signal: gaveUp.signal })).rejects.toThrow('aborted');
    await expect.poll(() => vod.calls.length).toBe(1);
    gaveUp.abort();
    await waiting;
    expect(vod.calls[0]).toMatchObject({ operation: 'list', fault: 'list-slow', status: undefined });
  });
});

describe('made faults', () => {
  it('answer what they were given', async () => {
    vod.inject(answer(418, { tea: true }, { 'x-pot': 'yes' }));
    const reply = await call(CANCEL);
    expect(reply).toMatchObject({ status: 418, body: '{"tea":true}', headers: { 'x-pot': 'yes' } });
  });

  it.each(['0', '-1', 'soon', '99999999999', 'Fri, 02 Jan 2026 03:04:05 GMT'])(
    'give Retry-After: %s',
    async (value) => {
      vod.inject(throttled(value));
      vod.inject(unavailable(value));
      expect(await call(CANCEL)).toMatchObject({ status: 429, headers: { 'retry-after': value } });
      expect(await call(CANCEL)).toMatchObject({ status: 503, headers: { 'retry-after': value } });
    },
  );

  it('redirect to the given address', async () => {
    vod.inject(redirectTo(308, 'http://127.0.0.1:1/'));
    expect(await call(CANCEL)).toMatchObject({ status: 308, headers: { location: 'http://127.0.0.1:1/' } });
  });

  it('slow applies the call and then answers normally', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject(slow(5));
    expect(await call(CANCEL)).toMatchObject({ status: 204 });
  });

  it('can be any function', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject(applied((exchange) => exchange.send({ status: 299, body: exchange.requestId })));
    const reply = await call(CANCEL);
    expect(reply).toMatchObject({ status: 299, body: reply.headers['x-request-id'] });
    expect(status()).toBe('UN_TRANSCODE');
  });

  it('that throw become a 500', async () => {
    vod.inject(() => Promise.reject(new Error('broken fault')));
    const reply = await call(CANCEL);
    expect(reply.status).toBe(500);
    expect(reply.body).toContain('broken fault');
  });
});

describe('the queue of faults', () => {
  const statuses = async (...calls: Call[]) => {
    const seen: number[] = [];
    for (const one of calls) seen.push((await call(one)).status);
    return seen;
  };

  it('is met in order, each as often as it was asked for, then the service is itself again', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject('error-500', { times: 2 });
    vod.inject('error-503');
    expect(await statuses(CANCEL, CANCEL, CANCEL, CANCEL)).toEqual([500, 500, 503, 204]);
  });

  it('keeps each for the calls it is meant for', async () => {
    vod.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    vod.inject('error-500');
    vod.inject(FAULTS['error-502'], { on: 'list' });
    vod.inject('list-forbidden');
    expect(await statuses(LIST, LIST, LIST, CANCEL, CANCEL)).toEqual([502, 403, 200, 500, 204]);
  });

  it('can be for any call, and be cleared', async () => {
    vod.inject('error-503', { on: 'any', times: 3 });
    expect(await statuses(LIST, { path: '/' })).toEqual([503, 503]);
    vod.clearFaults();
    expect(await statuses(LIST)).toEqual([200]);
  });

  it('knows every fault of the table by its name', () => {
    expect(Object.keys(FAULTS).every((name) => /^[a-z]+(-[a-z0-9]+)*$/.test(name))).toBe(true);
  });
});
