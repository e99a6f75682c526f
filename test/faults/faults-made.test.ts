import { describe, expect, it } from 'vitest';
import {
  answer,
  applied,
  FAULTS,
  type FaultName,
  redirectTo,
  slow,
  throttled,
  unavailable,
} from '../helpers/faults.ts';
import type { Call } from '../local/client.ts';
import { ASSET } from '../local/samples.ts';
import { CANCEL, LIST, startFaultyVod } from './faulty-vod.ts';

const { vod, call, cancelUnder, status } = await startFaultyVod();

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
