import { type Attempts, makeAttempts, type SkipReason } from './attempts.ts';
import type { Conclusion } from './conclusion.ts';
import { type CancelContext, callReporter, callTimeout, spareMs } from './context.ts';
import { withoutCall } from './failure.ts';
import { openQuestion, settle } from './settle.ts';
import type { AssetStatus } from './vod-port.ts';

/**
 * Cancels the queued transcode task of one asset.
 *
 * @param assetId - an id that meets the asset id rule
 * @param notAfterMs - the last moment for a call, in milliseconds since the epoch; after it the result is `ignored`
 * @returns always a conclusion. It rejects only on a bug
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
  if (attempts.made.length === 0 && attempts.skipped !== undefined) return concludeSkipped(attempts.skipped);
  return settle(attempts.made, await readStatusIfNeeded(assetId, attempts, context));
}

function concludeSkipped(skipped: SkipReason): Conclusion {
  if (skipped.reason === 'expired') {
    return {
      reason: 'ignored',
      attempts: 0,
      detail: 'The not_after time of this cancel passed before VOD could be called.',
    };
  }
  return { ...withoutCall(skipped.reason), retryAfterMs: skipped.retryAfterMs };
}

/**
 * Reads the status within the deadline. If that fails, the status is unknown: the key may have no permission to read
 * it.
 */
async function readStatusIfNeeded(
  assetId: string,
  { made, keyed, waits }: Attempts,
  context: CancelContext,
): Promise<AssetStatus | undefined> {
  const maxWaitMs = spareMs(context);
  if (openQuestion(made) === undefined || maxWaitMs < 0) return undefined;
  const permit = await waits.during(context.limits.keys.acquire(keyed.keyId, maxWaitMs));
  if (permit.kind !== 'permit') return undefined;
  try {
    const timeoutMs = callTimeout(context);
    if (timeoutMs === undefined) return undefined;
    const report = callReporter(context, { call: 'status', assetId, attempt: 1 }, waits);
    return await keyed.vod.readStatus(assetId, timeoutMs, report);
  } finally {
    // The permissions for the asset list and for a cancel are separate, so a status read says nothing about the key.
    permit.release('unsettled');
  }
}
