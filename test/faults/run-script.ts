import { type Invoked, invokeFresh } from '../../local/faults/invoke.ts';
import { observe, type Seen } from '../../local/faults/seen.ts';
import { ASSET_ID, openWorld } from '../../local/faults/world.ts';
import type { Asset } from '../../local/vod/assets.ts';
import type { RecordedCall } from '../../local/vod/stand-in.ts';
import type { Script } from './script.ts';

/** A script and all that came of it. */
export interface Run {
  readonly script: Script;
  readonly seen: Seen;
  readonly invoked: Invoked;
  /** Cancel calls as VOD recorded them, oldest first. */
  readonly cancels: readonly RecordedCall[];
  readonly reads: readonly RecordedCall[];
  /** The asset as the run left it. */
  readonly asset: Asset | undefined;
}

/** Puts a freshly loaded function through a script, against a VOD of its own. */
export async function runScript(script: Script): Promise<Run> {
  const { functionName, faults, remainingMs } = script;
  const world = await openWorld({
    faults,
    settings: {
      VOD_ATTEMPT_TIMEOUT_MS: String(script.attemptTimeoutMs),
      VOD_MAX_ATTEMPTS: String(script.maxAttempts),
      VOD_DEADLINE_RESERVE_MS: String(script.reserveMs),
      VOD_CALLS_PER_MINUTE: String(script.callsPerMinute),
    },
    asset: script.asset ?? { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'DELETED' },
  });
  try {
    const order = { functionName, assetId: ASSET_ID, settings: world.settings, remainingMs, invocations: 1 };
    const invoked = await invokeFresh(order);
    const { calls, assets } = world.vod;
    return {
      script,
      invoked,
      seen: observe(invoked, world),
      cancels: calls.filter(({ operation }) => operation === 'cancel'),
      reads: calls.filter(({ operation }) => operation === 'list'),
      asset: assets.get(ASSET_ID),
    };
  } finally {
    await world.close();
  }
}
