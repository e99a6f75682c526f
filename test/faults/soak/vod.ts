import { startVodStandIn, type VodStandIn } from '../../../local/vod/stand-in.ts';
import { PROJECT_ID } from '../../helpers/contexts.ts';
import { FAULTS, type Fault } from '../../helpers/faults.ts';
import type { SoakKey } from './plan.ts';

const keyNamed = (name: string): SoakKey => ({
  ak: `AK-EXAMPLE-SOAK-${name}`,
  sk: `SK-EXAMPLE-NOT-A-SECRET-${name}`,
  securityToken: `TOKEN-EXAMPLE-NOT-A-SECRET-${name}`,
});

/** Each is used for 100 invocations, so that in a long run keys come and go. */
const KEYS = Array.from({ length: 200 }, (_, i) => keyNamed(String(i)));

/** What the first cancel of an asset meets, by the first digit of its id; what comes after it goes well. */
const FAULT_OF: Readonly<Record<string, Fault>> = {
  '3': FAULTS['error-503'],
  '4': FAULTS['applied-504'],
  '5': FAULTS.hang,
  '6': FAULTS['forbidden-10074'],
  '7': FAULTS['ok-200'],
};

/** Makes up each asset as it is asked for, and has it meet what its kind must meet. */
function answerByKind(vod: VodStandIn): Fault {
  return async (exchange) => {
    const { assetId = '', operation } = exchange.call;
    const kind = assetId.charAt(0);
    const isFirst = operation === 'cancel' && vod.assets.get(assetId) === undefined;
    if (isFirst && kind !== '2') {
      vod.assets.put(assetId, {
        transcodeStatus: kind === '1' ? 'TRANSCODING' : 'WAITING_TRANSCODE',
        transcodeMs: Number.POSITIVE_INFINITY,
      });
    }
    const fault = isFirst ? FAULT_OF[kind] : undefined;
    await (fault === undefined ? exchange.send(await exchange.proceed()) : fault(exchange));
  };
}

/** The VOD that a process is soaked against, and the keys it takes. */
export async function startSoakVod() {
  const vod = await startVodStandIn({
    accounts: KEYS.map((key) => ({ ...key, projectId: PROJECT_ID })),
    callsPerMinute: Number.POSITIVE_INFINITY,
  });
  vod.inject(answerByKind(vod), { on: 'any', times: Number.POSITIVE_INFINITY });
  return { vod, plan: { endpoint: vod.origin, projectId: PROJECT_ID, keys: KEYS, wrongKey: keyNamed('WRONG') } };
}
