import { afterEach, beforeEach, expect, it } from 'vitest';
import { open } from '../../bench/clients/hand-signed.ts';
import { assetIdAt } from '../../bench/protocol.ts';
import { SEEDED_ACCOUNT } from '../../local/seed.ts';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';

let vod: VodStandIn;

beforeEach(async () => {
  vod = await startVodStandIn({ accounts: [SEEDED_ACCOUNT] });
  for (const n of [0, 1]) vod.assets.put(assetIdAt(n), { transcodeStatus: 'WAITING_TRANSCODE' });
});

afterEach(() => vod.close());

it('cancels: the stand-in accepts the signature', async () => {
  const cancel = open({ endpoint: vod.origin, ...SEEDED_ACCOUNT });
  expect(await cancel(assetIdAt(0))).toBe(204);
  expect(await cancel(assetIdAt(1))).toBe(204);
  expect([0, 1].map((n) => vod.assets.get(assetIdAt(n))?.transcodeStatus)).toEqual(['UN_TRANSCODE', 'UN_TRANSCODE']);
});

it('is refused with another key, so the signature is really looked at', async () => {
  const cancel = open({ endpoint: vod.origin, ...SEEDED_ACCOUNT, sk: 'SK-EXAMPLE-ANOTHER' });
  expect(await cancel(assetIdAt(0))).toBe(401);
});
