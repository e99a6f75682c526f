import type { CancelContext } from './cancel/context.ts';
import type { KeyedVod } from './cancel/vod-port.ts';
import type { Configuration } from './config/configure.ts';
import type { KeyChoice } from './config/key.ts';
import { readSecretKey, renewSecretKey, withTimeout } from './config/secret.ts';
import type { Invocation } from './host/invocation.ts';
import { deadlineOf } from './limits/deadline.ts';
import { processLimits } from './limits/process-limits.ts';
import { vodAt } from './vod/client.ts';
import { type Credentials, keyIdOf } from './vod/credentials.ts';

/**
 * Time to conclude, log and report one result, in milliseconds. 10,000 results took 0.8 s on an idle machine, and 4 s
 * on a machine with six times more work than cores. The first hundred take twice as long each.
 */
const REPORT_MS = 0.5;

/** Reports get this part of the time at most. Else a batch with little time would make no call in any delivery. */
const MAX_REPORT_SHARE = 0.5;

/**
 * Puts together everything that the cancels of one invocation need.
 *
 * @param results - how many results will be reported, with or without a call: the reports must fit before the deadline
 * @param onCall - is called after every call to VOD
 * @throws Failure - `CONFIG` if the secret that holds the key cannot be read
 */
export async function openCancel(
  invocation: Invocation,
  { settings, projectId, key }: Configuration,
  { results = 1, onCall }: { readonly results?: number } & Pick<CancelContext, 'onCall'> = {},
): Promise<CancelContext> {
  const { remainingMs } = invocation.host;
  const reportMs = Math.min((results - 1) * REPORT_MS, MAX_REPORT_SHARE * (remainingMs ?? 0));
  const deadline = deadlineOf(remainingMs, settings.VOD_DEADLINE_RESERVE_MS + reportMs, invocation.elapsedMs);
  const keyed = await openVod({
    endpoint: settings.endpoint,
    projectId,
    key,
    timeoutMs: settings.VOD_ATTEMPT_TIMEOUT_MS,
    maxWaitMs: Math.max(0, deadline.timeLeft()),
  });
  return {
    keyed,
    deadline,
    attemptTimeoutMs: settings.VOD_ATTEMPT_TIMEOUT_MS,
    maxAttempts: settings.VOD_MAX_ATTEMPTS,
    callsPerMinute: settings.VOD_CALLS_PER_MINUTE,
    limits: processLimits,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onCall,
  };
}

/** Whose VOD to open, and how long reading a secret may take. */
interface VodAccess {
  readonly endpoint: string;
  readonly projectId: string;
  readonly key: KeyChoice;
  /** One call for the secret, in milliseconds. */
  readonly timeoutMs: number;
  /** All calls for the secret, in milliseconds. */
  readonly maxWaitMs: number;
}

/**
 * Opens VOD with the chosen key. If a secret holds the key, it is read first.
 *
 * @throws Failure - `CONFIG` if the secret cannot be read
 */
export async function openVod(access: VodAccess): Promise<KeyedVod> {
  const { key, timeoutMs, maxWaitMs } = access;
  if (!('secretId' in key)) return keyedVod(access, key);
  const { secretId } = key;
  const withKey = (credentials: Credentials): KeyedVod => ({
    ...keyedVod(access, credentials),
    renew: async (refusal, renewWaitMs) => {
      try {
        return withKey(await withTimeout(renewWaitMs, renewSecretKey(secretId, credentials, refusal, timeoutMs)));
      } catch {
        // The result reports the refusal, which is the cause.
        return undefined;
      }
    },
  });
  return withKey(await withTimeout(maxWaitMs, readSecretKey(secretId, timeoutMs)));
}

function keyedVod({ endpoint, projectId }: VodAccess, credentials: Credentials): KeyedVod {
  return { vod: vodAt({ endpoint, projectId, credentials }), keyId: keyIdOf(credentials) };
}
