import { describe, expect, it, vi } from 'vitest';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID } from '../../local/seed.ts';
import type { Asset } from '../../local/vod/assets.ts';
import { CANCEL, useConsole } from './console.ts';
import type { StreamClient } from './console-client.ts';

const { connect, call, post, inject, page, restartWith, vod } = useConsole();

describe('the stream', () => {
  it('begins with all there is', async () => {
    await inject('slow');
    const stream = await connect();
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const beginning = stream.messages().slice(0, 2);
    expect(beginning.map(({ name }) => name)).toEqual(['hello', 'state']);
    expect(stream.all('hello')).toEqual([{ vod: 'stand-in', place: null }]);
    const [state] = stream.all('state');
    expect(state?.['faults']).toEqual([{ name: 'slow', on: 'cancel', left: 1 }]);
    expect(state?.['assets']).toContainEqual({
      assetId: SEEDED_ASSET_ID,
      assetStatus: 'CREATED',
      transcodeStatus: 'WAITING_TRANSCODE',
    });
  });

  it('has the state again only after a change', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval'] });
    await restartWith(vod());
    const stream = await connect();
    vi.advanceTimersByTime(1_000);
    await inject('slow');
    vi.advanceTimersByTime(1_000);
    await expect.poll(() => stream.all('state').at(-1)?.['faults']).toHaveLength(1);
    expect(stream.all('state')).toHaveLength(2);
  });

  it('shows an invocation in order: event, calls with their attempts, log line, result', async () => {
    const stream = await connect();
    await inject('applied-504');
    const reply = await call({ method: 'DELETE', path: CANCEL });
    await expect.poll(() => stream.all('ended')).toHaveLength(1);
    const [began] = stream.all('began');
    const { request_id } = JSON.parse(reply.body);
    expect(began).toMatchObject({ id: request_id, function: 'cancel-http', title: `DELETE ${SEEDED_ASSET_ID}` });
    const told = stream.messages().filter(({ name }) => !['hello', 'state'].includes(name));
    expect(told.map(({ name }) => name)).toEqual(['began', ...Array(6).fill('call'), 'line', 'ended']);
    const starts = stream.all('call').map(({ at_ms }) => Number(at_ms));
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    const call1 = { id: request_id, n: 1, operation: 'cancel', asset_id: SEEDED_ASSET_ID };
    const call2 = { ...call1, n: 2 };
    const call3 = { ...call1, n: 3, operation: 'list' };
    const underWay = { duration_ms: null, status: null, code: null, fault: null };
    expect(stream.all('call')).toMatchObject([
      { ...call1, ...underWay },
      { ...call1, duration_ms: expect.any(Number), status: 504, code: 'APIGW.0201', fault: 'applied-504' },
      { ...call2, ...underWay },
      { ...call2, duration_ms: expect.any(Number), status: 400, code: 'VOD.10083', fault: null },
      { ...call3, ...underWay },
      { ...call3, duration_ms: expect.any(Number), status: 200, code: null, fault: null },
    ]);
    expect(stream.all('line')).toMatchObject([{ line: { level: 'INFO', message: 'transcode cancel: cancelled' } }]);
    expect(stream.all('ended')).toMatchObject([
      { status: 200, outcomes: { cancelled: 1 }, detail: expect.any(String) },
    ]);
  });

  it('shows the event function in the same way, and what it throws', async () => {
    const stream = await connect();
    const event = { specversion: '1.0', id: '1', source: '/t', type: 'vod.upload.superseded' };
    const headers = { 'content-type': 'application/cloudevents+json' };
    await post('/events', { ...event, data: { asset_id: SEEDED_ASSET_ID } }, headers);
    await post('/events', { ...event, data: { asset_id: 'no' } }, headers);
    await expect.poll(() => stream.all('ended')).toHaveLength(2);
    expect(stream.all('began')[0]).toMatchObject({ title: 'cloudevents' });
    expect(stream.all('ended')).toMatchObject([
      { status: null, outcomes: { cancelled: 1 } },
      { status: null, outcomes: { CancelIncompleteError: 1 }, detail: expect.stringContaining('INVALID_ASSET_ID') },
    ]);
  });

  it('moves with the assets and the faults, by itself and by what is done', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const stream = await connect();
    await post('/console/assets', { asset_id: 'a'.repeat(32), wait_seconds: 60 });
    const states = () =>
      stream
        .all('state')
        .flatMap(({ assets }) => assets as Asset[])
        .filter(({ assetId }) => assetId === 'a'.repeat(32))
        .map(({ transcodeStatus }) => transcodeStatus);
    for (const state of ['WAITING_TRANSCODE', 'TRANSCODING', 'TRANSCODE_SUCCEED']) {
      await expect.poll(() => states().at(-1)).toBe(state);
      vi.setSystemTime(Date.now() + 60_000);
    }
    await inject('slow');
    await expect.poll(() => stream.all('state').at(-1)?.['faults']).toHaveLength(1);
    await post('/console/faults/clear', {});
    await expect.poll(() => stream.all('state').at(-1)?.['faults']).toEqual([]);
  });

  it('gives a page that connects later what it has missed', async () => {
    await call({ method: 'DELETE', path: CANCEL });
    const [first, second] = [await connect(), await connect()];
    for (const { all } of [first, second]) await expect.poll(() => all('ended')).toHaveLength(1);
    // The state is sent again whenever it changes.
    const told = ({ messages }: StreamClient) => messages().filter(({ name }) => !['hello', 'state'].includes(name));
    expect(told(second)).toEqual(told(first));
    expect(told(second).map(({ name }) => name)).toEqual(['began', 'call', 'call', 'line', 'ended']);
    const beginning = second.messages().slice(0, 2);
    expect(beginning.map(({ name }) => name)).toEqual(['hello', 'state']);
  });

  it('contains no secret, from any source', async () => {
    const stream = await connect();
    await inject('unauthorized-echo');
    const secret = 'TOKEN-EXAMPLE-CALLER';
    const headers = { authorization: `Bearer ${secret}`, cookie: secret, 'x-security-token': secret };
    const body = JSON.stringify({ asset_id: SEEDED_ASSET_ID, token: secret, sk: secret });
    await call({ method: 'POST', path: `${CANCEL}?access_token=${secret}&Signature=${secret}`, headers, body });
    await call({ method: 'POST', path: CANCEL, headers, body: `not JSON, ${secret}` });
    await post('/events', { asset_id: SEEDED_ASSET_ID, password: secret, note: `key ${SEEDED_ACCOUNT.sk}` }, headers);
    await expect.poll(() => stream.all('ended')).toHaveLength(3);
    expect(stream.all('began')[0]?.['event']).toContain('"token": "•••"');
    for (const text of [secret, SEEDED_ACCOUNT.sk, SEEDED_ACCOUNT.ak]) expect(stream.text()).not.toContain(text);
  });

  it('ends when the console closes, so that the gateway can', async () => {
    const stream = await connect();
    page().close();
    await stream.ended;
  });
});
