import { afterEach, describe, expect, it } from 'vitest';
import { SEEDED_ACCOUNT, SEEDED_ASSET_ID, SEEDED_ASSETS } from '../../local/seed.ts';
import { openVod, type VodTarget } from '../../local/vod-target.ts';

const KEY = {
  HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE',
  HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE',
  HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
};
const WHOLE = { ...KEY, VOD_REGION: 'cn-north-4' };

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
    [{}, {}],
    [{ VOD_REGION: '', VOD_MAX_ATTEMPTS: '1' }, {}],
    [WHOLE, { 'stand-in': true }],
    [{ HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE' }, { 'stand-in': true }],
  ])('is the embedded one with %j and the options %j', async (env, options) => {
    target = await openVod(env, options);
    expect(target.settings).toEqual({
      VOD_ENDPOINT: target.standIn?.origin,
      HUAWEICLOUD_SDK_AK: SEEDED_ACCOUNT.ak,
      HUAWEICLOUD_SDK_SK: SEEDED_ACCOUNT.sk,
      HUAWEICLOUD_SDK_PROJECT_ID: SEEDED_ACCOUNT.projectId,
      ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$',
    });
    expect(target.notice).toBeUndefined();
  });

  it.each([
    ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_AK'],
    ['HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SK'],
    ['HUAWEICLOUD_SDK_PROJECT_ID', 'HUAWEICLOUD_SDK_PROJECT_ID'],
    ['VOD_REGION', 'VOD_REGION or VOD_ENDPOINT'],
  ])('is none when only %s is missing, which the error names', async (name, missing) => {
    const error = await openVod({ ...WHOLE, [name]: '' }).catch(String);
    expect(error).toContain(`the real VOD also needs ${missing}. Set`);
    expect(error).not.toMatch(/[AS]K-EXAMPLE|cn-north-4/);
  });

  it.each([...Object.entries(WHOLE), ['HUAWEICLOUD_SDK_SECURITY_TOKEN', 'x'], ['VOD_ENDPOINT', 'https://x.test']])(
    'is none when only %s is set',
    async (name, value) => {
      await expect(openVod({ [name]: value })).rejects.toThrow(`${name} is set, but the real VOD also needs`);
    },
  );

  it('comes with assets in every state, the one of the README waiting', async () => {
    target = await openVod({});
    const assets = target.standIn?.assets.list() ?? [];
    expect(assets.map(({ assetId }) => assetId).sort()).toEqual(Object.keys(SEEDED_ASSETS).sort());
    expect(new Set(assets.map(({ transcodeStatus }) => transcodeStatus)).size).toBe(5);
    expect(assets.some(({ assetStatus }) => assetStatus === 'CREATING')).toBe(true);
    expect(target.standIn?.assets.get(SEEDED_ASSET_ID)?.transcodeStatus).toBe('WAITING_TRANSCODE');
  });
});
