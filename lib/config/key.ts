import type { Host, HostKey, SettingSource } from '../host/types.ts';
import { type Credentials, unprintablePart } from '../vod/credentials.ts';
import { configFailure, lookUp } from './settings.ts';

/** Where the key comes from: it is known already, or a secret of AWS Secrets Manager holds it. */
export type KeyChoice = Credentials | { readonly secretId: string };

/** The project id is part of the path of every call. */
const PROJECT_ID = /^[0-9A-Za-z_-]{1,64}$/;

/**
 * Chooses the key: first the settings, source by source, then the secret or the agency. All parts come from one source,
 * and AK and SK count only as a pair.
 *
 * @throws Failure - `CONFIG` if there is no complete key, or if a part does not fit into a header
 */
export function chooseKey(host: Host): KeyChoice {
  for (const source of host.settingSources) {
    const key = pair(keyFrom(source));
    if (key !== undefined) return checked(key, 'HUAWEICLOUD_SDK_');
  }
  const secretId = host.hasSecrets ? lookUp(host.settingSources, 'VOD_CREDENTIALS_SECRET') : undefined;
  if (secretId !== undefined) return { secretId };
  const agencyKey = host.agencyKey && pair(host.agencyKey);
  if (agencyKey !== undefined) return checked(agencyKey, 'the agency key: ');
  throw configFailure([missingKey(host)]);
}

/**
 * Chooses the project that calls are made for.
 *
 * @throws Failure - `CONFIG` if there is none, or if it cannot be part of a path
 */
export function chooseProjectId(host: Host): string {
  const id = lookUp(host.settingSources, 'HUAWEICLOUD_SDK_PROJECT_ID') ?? host.projectId;
  if (id === undefined) throw configFailure(['HUAWEICLOUD_SDK_PROJECT_ID is missing']);
  if (!PROJECT_ID.test(id)) throw configFailure(['HUAWEICLOUD_SDK_PROJECT_ID must be the id of a project']);
  return id;
}

/**
 * Returns a key whose parts all fit into a header.
 *
 * @param prefix - goes before the name of the part in the message
 * @throws Failure - `CONFIG`, with the name of the part that does not fit
 */
export function checked(key: Credentials, prefix: string): Credentials {
  const part = unprintablePart(key);
  if (part !== undefined) throw configFailure([`${prefix}${part} has white space or unprintable characters`]);
  return key;
}

/** @returns the key if both AK and SK are there */
function pair({ ak, sk, securityToken }: HostKey): Credentials | undefined {
  if (ak === undefined || sk === undefined) return undefined;
  return { ak, sk, ...(securityToken !== undefined && { securityToken }) };
}

function keyFrom(source: SettingSource): HostKey {
  return {
    ak: source('HUAWEICLOUD_SDK_AK'),
    sk: source('HUAWEICLOUD_SDK_SK'),
    securityToken: source('HUAWEICLOUD_SDK_SECURITY_TOKEN'),
  };
}

const OTHER_KEY = {
  functiongraph: ', and the function has no agency',
  lambda: ', and so is VOD_CREDENTIALS_SECRET',
  bare: '',
} as const satisfies Record<Host['name'], string>;

function missingKey(host: Host): string {
  const missing = (['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK'] as const).filter(
    (name) => lookUp(host.settingSources, name) === undefined,
  );
  if (missing.length === 0) return 'HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK must be set in the same place';
  const names = missing.join(' and ');
  return `${names} ${missing.length === 1 ? 'is' : 'are'} missing${OTHER_KEY[host.name]}`;
}
