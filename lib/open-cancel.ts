import { hash } from 'node:crypto';
import type { KeyedVod } from './cancel/vod-port.ts';
import { readSecretKey, renewSecretKey, within } from './config/secret.ts';
import { vodAt } from './vod/client.ts';
import type { Credentials, KeyChoice } from './vod/credentials.ts';

/** Whose VOD is to be opened, and how long reading a secret may take, in milliseconds. */
export interface VodAccess {
  readonly endpoint: string;
  readonly projectId: string;
  readonly key: KeyChoice;
  /** One call for it. */
  readonly timeoutMs: number;
  /** Until this caller gives up. */
  readonly maxWaitMs: number;
}

/**
 * Opens VOD with the key that was chosen, read from its secret where it stands in one.
 *
 * @throws Failure - `CONFIG` where the secret cannot be read
 */
export async function openVod(access: VodAccess): Promise<KeyedVod> {
  const { key, timeoutMs, maxWaitMs } = access;
  if (!('secretId' in key)) return keyedVod(access, key);
  const { secretId } = key;
  const withKey = (credentials: Credentials): KeyedVod => ({
    ...keyedVod(access, credentials),
    renew: async (refusal, patienceMs) => {
      try {
        return withKey(await within(patienceMs, renewSecretKey(secretId, credentials, refusal, timeoutMs)));
      } catch {
        // The refusal stands. It is what the caller has to know.
        return undefined;
      }
    },
  });
  return withKey(await within(maxWaitMs, readSecretKey(secretId, timeoutMs)));
}

function keyedVod({ endpoint, projectId }: VodAccess, credentials: Credentials): KeyedVod {
  return { vod: vodAt({ endpoint, projectId, credentials }), keyId: digestOf(credentials) };
}

/** SHA-256 of all parts. Each has its length before it, so that no two keys have the same text. */
function digestOf({ ak, sk, securityToken = '' }: Credentials): string {
  return hash('sha256', [ak, sk, securityToken].map((part) => `${part.length}:${part}`).join(''), 'hex');
}
