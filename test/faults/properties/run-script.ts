import type { Asset } from '../../../local/vod/assets.ts';
import type { RecordedCall } from '../../../local/vod/calls.ts';
import { ASSET_ID } from '../../helpers/contexts.ts';
import { openEnvironment } from '../environment.ts';
import { type InvocationResult, invokeFresh } from '../invoke.ts';
import { type Observation, observe } from '../observation.ts';
import type { Script } from './script.ts';

/** A script and all that came of it. */
export interface Run {
  readonly script: Script;
  readonly seen: Observation;
  readonly invoked: InvocationResult;
  /** Cancel calls as VOD recorded them, oldest first. */
  readonly cancels: readonly RecordedCall[];
  readonly reads: readonly RecordedCall[];
  /** The asset as the run left it. */
  readonly asset: Asset | undefined;
}

/** Puts a freshly loaded function through a script, against a VOD of its own. */
export async function runScript(script: Script): Promise<Run> {
  const { functionName, faults, remainingMs } = script;
  const environment = await openEnvironment({
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
    const invocation = { functionName, assetId: ASSET_ID, settings: environment.settings, remainingMs, times: 1 };
    const invoked = await invokeFresh(invocation);
    const { calls, assets } = environment.vod;
    return {
      script,
      invoked,
      seen: observe(invoked, environment),
      cancels: calls.filter(({ operation }) => operation === 'cancel'),
      reads: calls.filter(({ operation }) => operation === 'list'),
      asset: assets.get(ASSET_ID),
    };
  } finally {
    await environment.close();
  }
}
