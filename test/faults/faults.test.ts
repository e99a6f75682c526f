import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultName, hugeBody } from '../helpers/faults.ts';
import { drip } from '../helpers/wire-faults.ts';
import { ASSET } from '../local/samples.ts';
import { CANCEL, startFaultyVod } from './faulty-vod.ts';

const { vod, call, cancelUnder, status, watch } = await startFaultyVod();

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
    let ended: Promise<unknown> | undefined;
    vod.inject((exchange) => {
      ended = once(exchange.response, 'close');
      return FAULTS['huge-body'](exchange);
    });
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
