import { beforeEach, describe, expect, it } from 'vitest';
import { useConsole } from './console.ts';

const { start, stop, connect, post, inject, vod } = useConsole();

describe('the actions', () => {
  it('queue a new asset, and an old one again', async () => {
    const created = await post('/console/assets', { wait_seconds: 60 });
    expect(created.status).toBe(201);
    const { asset_id } = JSON.parse(created.body);
    expect(vod().standIn?.assets.get(asset_id)).toMatchObject({ transcodeStatus: 'WAITING_TRANSCODE' });
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 409 });
    const again = await post('/console/assets', { asset_id, wait_seconds: null });
    expect([again.status, JSON.parse(again.body).detail]).toEqual([409, expect.stringContaining('already')]);
    vod().standIn?.assets.cancel(asset_id);
    expect(await post('/console/queue', { asset_id })).toMatchObject({ status: 200 });
    expect(await post('/console/queue', { asset_id: 'f'.repeat(32) })).toMatchObject({ status: 404 });
  });

  it('line up a fault, and clear it', async () => {
    expect(await post('/console/faults', { name: 'hang', times: 3, on: 'any' })).toMatchObject({ status: 201 });
    expect(await post('/console/faults', { name: 'list-slow', times: 1 })).toMatchObject({ status: 201 });
    expect(vod().standIn?.waitingFaults()).toEqual([
      { name: 'hang', on: 'any', left: 3 },
      { name: 'list-slow', on: 'list', left: 1 },
    ]);
    expect(await post('/console/faults/clear', {})).toMatchObject({ status: 200 });
    expect(vod().standIn?.waitingFaults()).toEqual([]);
  });

  it.each([
    ['/console/assets', { asset_id: 'no', wait_seconds: null }, 'asset_id'],
    ['/console/assets', { wait_seconds: -1 }, 'wait_seconds'],
    ['/console/assets', { wait_seconds: 1, more: 1 }, 'more'],
    ['/console/queue', {}, 'asset_id'],
    ['/console/faults', { name: 'toString', times: 1 }, 'name'],
    ['/console/faults', { name: 'hang', times: 0 }, 'times'],
    ['/console/faults', { name: 'hang', times: 1, on: 'all' }, 'on'],
    ['/console/faults/clear', 1, 'the body'],
    ['/console/faults/clear', undefined, 'the body'],
  ])('refuse %s %j and name the member', async (path, body, name) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(422);
    expect(JSON.parse(reply.body).detail).toBe(`These members are malformed: ${name}.`);
  });
});

describe('with the real VOD', () => {
  const ENV = {
    HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
    HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
    VOD_ENDPOINT: 'http://127.0.0.1:1',
  };

  beforeEach(async () => {
    await stop();
    await start(ENV);
  });

  it('says so, and has nothing of the stand-in', async () => {
    const stream = await connect();
    expect(stream.messages()).toHaveLength(1);
    expect(stream.all('hello')).toEqual([{ vod: 'real', place: 'VOD_ENDPOINT=http://127.0.0.1:1' }]);
    expect(await inject('hang')).toMatchObject({ status: 409 });
    expect(await post('/console/assets', {})).toMatchObject({ status: 409 });
  });
});
