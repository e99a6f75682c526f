import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../local/vod/faults.ts';
import { certificate } from '../fixtures/tls/certificates.ts';
import { cancelPath, listPath, request, signedRequest } from './client.ts';
import { ACCOUNT, ASSET, SetClock } from './samples.ts';
import { cancel, errorOf, useStandIns } from './stand-in.ts';

const { projectId } = ACCOUNT;

const HOUR_MS = 3_600_000;

const start = useStandIns();

describe('the gateway in front of it', () => {
  it.each([
    ['GET', '/'],
    ['PUT', `/v1.0/${projectId}/asset/process`],
    ['DELETE', `/v1/${projectId}/asset/process`],
  ])('does not know %s %s', async (method, path) => {
    const { origin } = await start();
    const reply = await signedRequest(origin, ACCOUNT, { method, path });
    expect(errorOf(reply)).toMatchObject({
      status: 404,
      error_code: 'APIGW.0101',
      request_id: reply.headers['x-request-id'],
    });
  });

  it('refuses the path of another project', async () => {
    const { origin } = await start();
    const call = { method: 'DELETE', path: cancelPath('f'.repeat(32), ASSET) };
    expect(errorOf(await signedRequest(origin, ACCOUNT, call))).toMatchObject({ status: 403, error_code: 'VOD.10057' });
  });

  it('refuses what is not signed, without touching the asset', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    const reply = await request(standIn.origin, { method: 'DELETE', path: cancelPath(projectId, ASSET) });
    expect(errorOf(reply)).toMatchObject({ status: 401, error_code: 'APIGW.0301' });
    expect(standIn.assets.get(ASSET)?.transcodeStatus).toBe('WAITING_TRANSCODE');
  });

  it('refuses a date twenty minutes off', async () => {
    const { origin } = await start();
    const call = { method: 'DELETE', path: cancelPath(projectId, ASSET) };
    const reply = await signedRequest(origin, ACCOUNT, call, Date.now() - 20 * 60_000);
    expect(JSON.parse(reply.body).error_msg).toBe('Incorrect IAM authentication information: signature expired');
  });

  it('refuses a body over 12 MiB', async () => {
    const { origin } = await start();
    const path = `/v1.0/${projectId}/asset/process`;
    const reply = await request(origin, { method: 'POST', path, body: Buffer.alloc(12 * 1024 * 1024 + 1) });
    expect(errorOf(reply)).toMatchObject({ status: 413, error_code: 'APIGW.0201' });
  });

  it('gives every answer an id of its own and a JSON type', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    const replies = [await cancel(standIn), await cancel(standIn), await request(standIn.origin, { path: '/' })];
    const ids = replies.map(({ headers }) => headers['x-request-id']);
    for (const { headers } of replies) expect(headers['content-type']).toBe('application/json');
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('the tenant’s limit', () => {
  it('is a hundred cancels a minute, refused ones counted; lists are free', async () => {
    const clock = new SetClock();
    const standIn = await start({ clock });
    const statuses: number[] = [];
    const call = async (method: string, path: string) =>
      (await signedRequest(standIn.origin, ACCOUNT, { method, path }, clock.now())).status;
    for (let count = 0; count < 101; count += 1) statuses.push(await call('DELETE', cancelPath(projectId, ASSET)));
    expect(statuses.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 403));
    expect(statuses[100]).toBe(429);
    expect(await call('GET', listPath(projectId, ASSET))).toBe(200);
    clock.advance(59_999);
    expect(await call('DELETE', cancelPath(projectId, ASSET))).toBe(429);
    clock.advance(1);
    expect(await call('DELETE', cancelPath(projectId, ASSET))).toBe(403);
  });

  it('can be set, and says so in the answer', async () => {
    const standIn = await start({ callsPerMinute: 0 });
    expect(errorOf(await cancel(standIn))).toMatchObject({
      status: 429,
      error_code: 'APIGW.0308',
      error_msg: expect.stringContaining('limit:0,time:1 minute'),
    });
  });
});

describe('a wait', () => {
  it('ends at once if the client has gone before it', async () => {
    const standIn = await start();
    const waited = new Promise((resolve) => {
      const leave: Fault = async (exchange) => {
        exchange.response.destroy();
        await once(exchange.response, 'close');
        await exchange.sleep(HOUR_MS).catch(resolve);
      };
      standIn.inject(leave, { on: 'any' });
    });
    await expect(request(standIn.origin, { path: '/' })).rejects.toThrow('socket hang up');
    expect(await waited).toEqual(new Error('the peer has gone'));
  });
});

describe('close', () => {
  it('cuts connections that are still open, idle or waiting', async () => {
    const standIn = await start();
    standIn.inject('hang', { on: 'any' });
    const hanging = expect(request(standIn.origin, { path: '/' })).rejects.toThrow('socket hang up');
    const idle = connect(Number(new URL(standIn.origin).port), '127.0.0.1');
    await once(idle, 'connect');
    await expect.poll(() => standIn.calls.length).toBe(1);
    await standIn.close();
    await hanging;
    if (!idle.closed) await once(idle, 'close');
    await expect(request(standIn.origin, { path: '/' })).rejects.toThrow('ECONNREFUSED');
  });
});

describe('with TLS', () => {
  it('is the same, under a certificate that has to be trusted', async () => {
    const tls = certificate('self-signed');
    const standIn = await start({ tls });
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    expect(standIn.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    await expect(cancel(standIn)).rejects.toThrow('self-signed certificate');
    expect(standIn.calls).toEqual([]);
    const call = { method: 'DELETE', path: cancelPath(projectId, ASSET), ca: tls.cert };
    expect(await signedRequest(standIn.origin, ACCOUNT, call)).toMatchObject({ status: 204 });
    standIn.inject('reset-before-read');
    await expect(signedRequest(standIn.origin, ACCOUNT, call)).rejects.toThrow();
  });
});
