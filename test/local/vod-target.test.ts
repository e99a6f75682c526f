import { afterEach, describe, expect, it } from 'vitest';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID, SEEDED_ASSETS } from '../../local/seed.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';

const KEY = { HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE', HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE' };

let target: VodTarget | undefined;

afterEach(async () => {
  await target?.close();
  target = undefined;
});

describe('the VOD to talk to', () => {
  it.each([
    { ...KEY, VOD_REGION: 'cn-north-4' },
    { ...KEY, VOD_ENDPOINT: 'https://vod.example.test' },
  ])('is the real one with %j, which takes its settings from the environment', async (env) => {
    target = await openVod(env);
    expect(target.standIn).toBeUndefined();
    expect(target.settings).toEqual({});
    expect(target.notice).toMatch(/REAL VOD.*(cn-north-4|vod\.example\.test)/);
    expect(target.notice).not.toMatch(/[AS]K-EXAMPLE/);
  });

  it.each([
    ['VOD_ENDPOINT', 'https://user:PASSWORD-EXAMPLE@vod.example.test'],
    ['VOD_ENDPOINT', 'https://user@vod.example.test'],
    ['VOD_ENDPOINT', 'http://vod.example.test'],
    ['VOD_ENDPOINT', 'https://vod.example.test/?password=PASSWORD-EXAMPLE'],
    ['VOD_REGION', 'user:PASSWORD-EXAMPLE'],
  ])('never shows a %s that is malformed', async (name, value) => {
    target = await openVod({ ...KEY, [name]: value });
    expect(target.standIn).toBeUndefined();
    expect(target.place).toBe(name);
    expect(target.notice).toContain(`${name} must be`);
    expect(target.notice).not.toMatch(/user[:@]|PASSWORD|vod\.example/);
  });

  it.each([
    [{}, false],
    [{ VOD_REGION: 'cn-north-4' }, false],
    [KEY, true],
    [{ ...KEY, VOD_REGION: '' }, true],
    [{ HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE', VOD_REGION: 'cn-north-4' }, true],
    [{ ...KEY, HUAWEICLOUD_SDK_SK: '', VOD_REGION: 'cn-north-4' }, true],
  ])('is the embedded one with %j', async (env, noticed) => {
    target = await openVod(env);
    expect(target.settings).toEqual({
      VOD_ENDPOINT: target.standIn?.origin,
      HUAWEICLOUD_SDK_AK: SEEDED_ACCOUNT.ak,
      HUAWEICLOUD_SDK_SK: SEEDED_ACCOUNT.sk,
      HUAWEICLOUD_SDK_PROJECT_ID: SEEDED_ACCOUNT.projectId,
      ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$',
    });
    expect(target.notice !== undefined).toBe(noticed);
  });

  it('comes with assets in every state, the one of the README waiting', async () => {
    target = await openVod({});
    const assets = target.standIn?.assets.list() ?? [];
    expect(assets.map(({ assetId }) => assetId).sort()).toEqual(Object.keys(SEEDED_ASSETS).sort());
    expect(new Set(assets.map(({ transcodeStatus }) => transcodeStatus)).size).toBe(5);
    expect(assets.some(({ assetStatus }) => assetStatus === 'CREATING')).toBe(true);
    expect(target.standIn?.assets.get(SEEDED_ASSET_ID)?.transcodeStatus).toBe('WAITING_TRANSCODE');
  });
});
