import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';

useVirtualTime();

const vod = await startVod();

beforeEach(() => {
  captureConsole();
  // No backoff: what is counted here are calls, not the time between them.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const settings = (more: Readonly<Record<string, string>> = {}) =>
  settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000', ...more });

const cancels = (): number => vod.calls.filter(({ operation }) => operation === 'cancel').length;

it('an outage is not multiplied: 100 failing cancels in a row make at most 250 calls, however many attempts are allowed', async () => {
  const { handler } = freshBundle('cancel-http');
  vod.inject('error-503', { times: Number.POSITIVE_INFINITY });
  for (let i = 0; i < 100; i += 1) {
    await handler(apigEvent(), functionGraphContext({ settings: settings({ VOD_MAX_ATTEMPTS: '10' }) }));
  }
  expect(cancels()).toBeLessThanOrEqual(250);
  // And a fresh process affords ten retries at least, or a short disturbance would be told as a failure.
  expect(cancels()).toBeGreaterThanOrEqual(110);
});

it('a wrong key is not locked: of 40 cancels in one event one makes a call', async () => {
  const { handler } = freshBundle('cancel-superseded');
  const ids = Array.from({ length: 40 }, (_, i) => i.toString(16).padStart(32, '0'));
  const wrong = functionGraphContext({ settings: settings({ HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-WRONG' }) });
  await expect(handler({ asset_ids: ids }, wrong)).rejects.toMatchObject({ name: 'CancelIncompleteError' });
  expect([cancels(), vod.calls[0]?.code]).toEqual([1, 'APIGW.0301']);
});

it('a key that took the place of a refused one is used at once', async () => {
  const { handler } = freshBundle('cancel-http');
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const { HUAWEICLOUD_SDK_AK: _ak, HUAWEICLOUD_SDK_SK: _sk, ...rest } = settings();
  const withKey = (securityToken: string) =>
    functionGraphContext({ settings: rest, agency: { ak: `${KEY.ak}-STS`, sk: KEY.sk, securityToken } });
  const statuses: unknown[] = [];
  for (const token of ['TOKEN-EXAMPLE-EXPIRED', 'TOKEN-EXAMPLE-EXPIRED', KEY.securityToken]) {
    statuses.push(((await handler(apigEvent(), withKey(token))) as { statusCode: unknown }).statusCode);
  }
  expect([statuses, cancels()]).toEqual([[502, 503, 200], 2]);
});
