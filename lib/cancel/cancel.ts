import {
  type Attempts,
  type Barrier,
  type CancelContext,
  callTimeout,
  makeAttempts,
  spareMs,
  teller,
} from './attempts.ts';
import type { Conclusion } from './conclusion.ts';
import { withoutCall } from './failure.ts';
import { openQuestion, settle } from './settle.ts';
import type { AssetStatus } from './vod-port.ts';

export type { CancelContext } from './attempts.ts';

/**
 * Cancels the queued transcode task of one asset and tells what came of it.
 *
 * @param assetId - an id that meets the asset id rule
 * @param notAfterMs - the last moment for a call, in milliseconds since the epoch; past it there is nothing to do
 * @returns a conclusion for everything VOD and the network can do; it rejects only on a bug
 */
export async function cancelQueuedTranscode(
  assetId: string,
  context: CancelContext,
  notAfterMs?: number,
): Promise<Conclusion> {
  const attempts = await makeAttempts(assetId, context, notAfterMs);
  const conclusion = await concludeAttempts(assetId, attempts, context);
  const waitedMs = attempts.waits.totalMs();
  return waitedMs > 0 ? { ...conclusion, waitedMs } : conclusion;
}

async function concludeAttempts(assetId: string, attempts: Attempts, context: CancelContext): Promise<Conclusion> {
  if (attempts.made.length === 0 && attempts.barrier !== undefined) return concludeBarrier(attempts.barrier);
  return settle(attempts.made, await readStatusIfNeeded(assetId, attempts, context));
}

function concludeBarrier(barrier: Barrier): Conclusion {
  if (barrier.reason === 'expired') {
    return {
      reason: 'ignored',
      attempts: 0,
      detail: 'The last moment for this cancel had passed before VOD could be called.',
    };
  }
  const conclusion = withoutCall(barrier.reason);
  return 'retryAfterMs' in barrier
    ? { ...conclusion, retryAfterSeconds: Math.ceil(barrier.retryAfterMs / 1000) }
    : conclusion;
}

/** Best effort, inside the deadline, silent when forbidden: whether the key may read the asset list is not known. */
async function readStatusIfNeeded(
  assetId: string,
  { made, keyed, waits }: Attempts,
  context: CancelContext,
): Promise<AssetStatus | undefined> {
  const maxWaitMs = spareMs(context);
  if (openQuestion(made) === undefined || maxWaitMs < 0) return undefined;
  const entry = await waits.during(context.limits.keys.enter(keyed.keyId, maxWaitMs));
  if (entry.kind !== 'turn') return undefined;
  try {
    const timeoutMs = callTimeout(context);
    if (timeoutMs === undefined) return undefined;
    return await keyed.vod.readStatus(assetId, timeoutMs, teller(context, { call: 'status', assetId }, waits));
  } finally {
    // A key may be good for the asset list and not for a cancel, and the other way round.
    entry.leave('unsettled');
  }
}
