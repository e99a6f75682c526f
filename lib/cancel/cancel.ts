import type { Deadline } from '../resilience/deadline.ts';
import { type Conclusion, ownError } from './conclusion.ts';
import { openQuestion, settle } from './settle.ts';
import type { AssetStatus, Attempt, VodPort } from './vod-port.ts';

/** A call that has less time than this could hardly finish, so it is not started (contract §7). */
const MIN_CALL_MS = 250;

/** What one cancel works with. */
export interface CancelContext {
  readonly vod: VodPort;
  readonly deadline: Deadline;
  /** One call to VOD, from connect to the last byte, in milliseconds. */
  readonly attemptTimeoutMs: number;
}

/**
 * Cancels the queued transcode task of one asset and tells what came of it.
 *
 * @param assetId - an id that meets the asset id rule
 * @returns a conclusion for everything VOD and the network can do; it rejects only on a bug
 */
export async function cancelQueuedTranscode(assetId: string, context: CancelContext): Promise<Conclusion> {
  const attempts = await makeAttempts(assetId, context);
  if (attempts.length === 0) return { reason: 'deadline', attempts: 0, error: ownError('DEADLINE') };
  return settle(attempts, await readStatusIfNeeded(assetId, attempts, context));
}

async function makeAttempts(assetId: string, context: CancelContext): Promise<readonly Attempt[]> {
  const timeoutMs = callTimeout(context);
  return timeoutMs === undefined ? [] : [await context.vod.cancel(assetId, timeoutMs)];
}

async function readStatusIfNeeded(
  assetId: string,
  attempts: readonly Attempt[],
  context: CancelContext,
): Promise<AssetStatus | undefined> {
  if (openQuestion(attempts) === undefined) return undefined;
  const timeoutMs = callTimeout(context);
  return timeoutMs === undefined ? undefined : context.vod.readStatus(assetId, timeoutMs);
}

/** How long the next call may take; undefined where no call should be started any more. */
function callTimeout({ attemptTimeoutMs, deadline }: CancelContext): number | undefined {
  const timeLeft = deadline.timeLeft();
  return timeLeft < MIN_CALL_MS ? undefined : Math.min(attemptTimeoutMs, timeLeft);
}
