import type { VodPort } from '../cancel/vod-port.ts';
import { vodAt } from './client.ts';
import type { Credentials, KeyChoice } from './credentials.ts';
import { forgetSecretKey, readSecretKey } from './secret.ts';

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

/** VOD as one key sees it. */
export interface OpenVod {
  readonly vod: VodPort;
  /** Tells the key from any other; never to be printed, for it is made of the key. */
  readonly keyId: string;
}

/**
 * Opens VOD with the key that was chosen, read from its secret where it stands in one.
 *
 * @throws Failure - `CONFIG` where the secret cannot be read
 */
export async function openVod({ endpoint, projectId, key, timeoutMs, maxWaitMs }: VodAccess): Promise<OpenVod> {
  if (!('secretId' in key)) return { vod: vodAt({ endpoint, projectId, credentials: key }), keyId: keyIdOf(key) };
  const { secretId } = key;
  const credentials = await readSecretKey(secretId, timeoutMs, maxWaitMs);
  const vod = vodAt({ endpoint, projectId, credentials });
  return {
    keyId: keyIdOf(credentials),
    vod: {
      readStatus: (assetId, timeoutMs) => vod.readStatus(assetId, timeoutMs),
      async cancel(assetId, timeoutMs) {
        const attempt = await vod.cancel(assetId, timeoutMs);
        if (attempt.guarded) forgetSecretKey(secretId);
        return attempt;
      },
    },
  };
}

const keyIdOf = ({ ak, sk, securityToken }: Credentials): string => [ak, sk, securityToken].join('\n');
