import { describe, expect, it } from 'vitest';
import type { VodStandIn } from '../../local/vod/stand-in.ts';
import { cancelPath, listPath, signedRequest } from './client.ts';
import { ACCOUNT, ASSET, SetClock, TEMPORARY } from './samples.ts';
import { cancel, errorOf, useStandIns } from './stand-in.ts';

const OTHER = 'ffffffffffffffffffffffffffffffff';
const { projectId } = ACCOUNT;

const start = useStandIns();

describe('cancel', () => {
  it('takes a waiting transcode out of the queue: 204, once', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    const first = await cancel(standIn);
    expect(first).toMatchObject({ status: 204, body: '' });
    expect(standIn.assets.get(ASSET)?.transcodeStatus).toBe('UN_TRANSCODE');
    expect(errorOf(await cancel(standIn))).toEqual({
      status: 400,
      error_code: 'VOD.10083',
      error_msg: 'The current media asset status does not support this operation.',
    });
    expect(standIn.calls.map(({ applied }) => applied)).toEqual([true, false]);
  });

  it('works with a temporary key too', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE' });
    const call = { method: 'DELETE', path: cancelPath(projectId, ASSET) };
    expect(await signedRequest(standIn.origin, TEMPORARY, call)).toMatchObject({ status: 204 });
  });

  it('does not know an asset it does not have', async () => {
    expect(errorOf(await cancel(await start()))).toMatchObject({ status: 403, error_code: 'VOD.10062' });
  });

  it.each(['', '?asset_id=', `?asset_id=${ASSET}&asset_id=${OTHER}`])(
    'takes exactly one id, not "%s"',
    async (query) => {
      const standIn = await start();
      const path = `/v1.0/${projectId}/asset/process${query}`;
      const reply = await signedRequest(standIn.origin, ACCOUNT, { method: 'DELETE', path });
      expect(errorOf(reply)).toMatchObject({ status: 400, error_code: 'VOD.10053' });
    },
  );
});

describe('queue', () => {
  const queue = (standIn: VodStandIn, body: string) =>
    signedRequest(standIn.origin, ACCOUNT, { method: 'POST', path: `/v1.0/${projectId}/asset/process`, body });

  it('puts a transcode into the queue: 202 with the id', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'TRANSCODE_SUCCEED' });
    const reply = await queue(standIn, JSON.stringify({ asset_id: ASSET, template_group_name: 'x' }));
    expect(errorOf(reply)).toEqual({ status: 202, asset_id: ASSET });
    expect(standIn.assets.get(ASSET)?.transcodeStatus).toBe('WAITING_TRANSCODE');
    expect(standIn.calls[0]).toMatchObject({ operation: 'queue', assetId: ASSET, applied: true });
  });

  it.each(['', 'null', '[]', '{}', '{"asset_id":1}', '{'])('takes no body like %j', async (body) => {
    expect(errorOf(await queue(await start(), body))).toMatchObject({ status: 400, error_code: 'VOD.10053' });
  });
});

describe('list', () => {
  const list = async (standIn: VodStandIn, ...ids: string[]) =>
    errorOf(await signedRequest(standIn.origin, ACCOUNT, { path: listPath(projectId, ...ids) }));

  it('gives the asset with its two states, and nothing for an id it does not know', async () => {
    const standIn = await start();
    standIn.assets.put(ASSET, { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'CREATING' });
    expect(await list(standIn, ASSET, OTHER)).toMatchObject({
      status: 200,
      total: 1,
      assets: [{ asset_id: ASSET, asset_status: 'CREATING', transcode_status: 'UN_TRANSCODE' }],
    });
    expect(await list(standIn, OTHER)).toEqual({ status: 200, total: 0, assets: [] });
  });

  it('follows the clock', async () => {
    const clock = new SetClock();
    const standIn = await start({ clock });
    standIn.assets.put(ASSET, { transcodeStatus: 'WAITING_TRANSCODE', waitMs: 1_000, transcodeMs: 1_000 });
    const seen: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      const path = listPath(projectId, ASSET);
      const { body } = await signedRequest(standIn.origin, ACCOUNT, { path }, clock.now());
      seen.push(JSON.parse(body).assets[0].transcode_status);
      clock.advance(1_000);
    }
    expect(seen).toEqual(['WAITING_TRANSCODE', 'TRANSCODING', 'TRANSCODE_SUCCEED']);
  });

  it('takes ten ids at most', async () => {
    const ids = Array.from({ length: 11 }, () => ASSET);
    expect(await list(await start(), ...ids)).toMatchObject({ status: 400, error_code: 'VOD.10053' });
  });
});

describe('the record', () => {
  it('holds every call and what was answered', async () => {
    const clock = new SetClock();
    const standIn = await start({ clock });
    const path = cancelPath(projectId, ASSET);
    await signedRequest(standIn.origin, ACCOUNT, { method: 'DELETE', path }, clock.now());
    expect(standIn.calls).toEqual([
      {
        operation: 'cancel',
        port: expect.any(Number),
        method: 'DELETE',
        url: path,
        assetId: ASSET,
        headers: expect.objectContaining({ 'x-project-id': projectId, authorization: expect.any(String) }),
        at: clock.now(),
        status: 403,
        code: 'VOD.10062',
        applied: false,
        fault: undefined,
      },
    ]);
    standIn.resetCalls();
    expect(standIn.calls).toEqual([]);
  });
});
