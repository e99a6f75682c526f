import type { CancelContext } from '../cancel/cancel.ts';
import type { Host } from '../host/host.ts';
import type { Invocation } from '../host/invocation.ts';
import { deadlineOf } from '../limits/deadline.ts';
import { sharedLimits } from '../limits/process-limits.ts';
import { openVod } from '../open-cancel.ts';
import { chooseKey, chooseProjectId, type KeyChoice } from '../vod/credentials.ts';
import { readSettings, type Settings } from './settings.ts';

/** All that the function is told by its deployment. */
export interface Configuration {
  readonly settings: Settings;
  readonly projectId: string;
  readonly key: KeyChoice;
}

/**
 * Reads everything the host is configured with.
 *
 * @throws Failure - `CONFIG`, naming what is missing or malformed
 */
export function configure(host: Host): Configuration {
  return {
    settings: readSettings(host.settingSources),
    projectId: chooseProjectId(host),
    key: chooseKey(host),
  };
}

/**
 * Concluding, logging and reporting one result, in milliseconds. 10,000 took 0.8 s on an idle machine and 4 s on one with
 * six times as much to do as it has cores; the first hundred take twice as long each.
 */
const REPORT_MS = 0.5;

/**
 * Puts together all that the cancels of one invocation work with.
 *
 * @param results - how many will be reported, also of ids that need no call: reporting them has to fit before the deadline
 * @param onCall - told of every call to VOD
 * @throws Failure - `CONFIG` where the secret that holds the key cannot be read
 */
export async function openCancel(
  invocation: Invocation,
  { settings, projectId, key }: Configuration,
  { results = 1, onCall }: { readonly results?: number } & Pick<CancelContext, 'onCall'> = {},
): Promise<CancelContext> {
  const reserveMs = settings.VOD_DEADLINE_RESERVE_MS + (results - 1) * REPORT_MS;
  const deadline = deadlineOf(invocation.host.remainingMs, reserveMs, invocation.elapsedMs);
  const keyed = await openVod({
    endpoint: settings.endpoint,
    projectId,
    key,
    timeoutMs: settings.VOD_ATTEMPT_TIMEOUT_MS,
    maxWaitMs: Math.max(0, deadline.timeLeft()),
  });
  return {
    ...keyed,
    deadline,
    attemptTimeoutMs: settings.VOD_ATTEMPT_TIMEOUT_MS,
    maxAttempts: settings.VOD_MAX_ATTEMPTS,
    callsPerMinute: settings.VOD_CALLS_PER_MINUTE,
    limits: sharedLimits,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onCall,
  };
}
