import { configFailure, lookUp } from '../config/settings.ts';
import type { Host, HostKey } from '../host/host.ts';

/** A key to sign calls with. A temporary one has a security token. */
export interface Credentials {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken?: string;
}

/** Where the key comes from: it is at hand, or a secret of AWS Secrets Manager holds it. */
export type KeyChoice = Credentials | { readonly secretId: string };

/** What fits into a header; also keeps out the line break that a copied secret often ends with. */
const PRINTABLE = /^[\x21-\x7e]{1,16384}$/;

/** What goes into the path of every call. */
const PROJECT_ID = /^[0-9A-Za-z_-]{1,64}$/;

/**
 * Chooses the key: settings first, source by source, then the secret or the agency. All parts come from one source, and
 * AK and SK count only as a pair.
 *
 * @throws Failure - `CONFIG` where there is no complete key, or where a part cannot go into a header
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
 * The project that calls are made for.
 *
 * @throws Failure - `CONFIG` where there is none, or where it cannot be part of a path
 */
export function chooseProjectId(host: Host): string {
  const id = lookUp(host.settingSources, 'HUAWEICLOUD_SDK_PROJECT_ID') ?? host.projectId;
  if (id === undefined) throw configFailure(['HUAWEICLOUD_SDK_PROJECT_ID is missing']);
  if (!PROJECT_ID.test(id)) throw configFailure(['HUAWEICLOUD_SDK_PROJECT_ID must be the id of a project']);
  return id;
}

/** @returns the key where AK and SK are both there */
function pair({ ak, sk, securityToken }: HostKey): Credentials | undefined {
  if (ak === undefined || sk === undefined) return undefined;
  return { ak, sk, ...(securityToken !== undefined && { securityToken }) };
}

/**
 * @param prefix - what the names of the parts begin with in the message
 * @throws Failure - `CONFIG`, naming the part that cannot go into a header
 */
export function checked(key: Credentials, prefix: string): Credentials {
  const parts = { AK: key.ak, SK: key.sk, SECURITY_TOKEN: key.securityToken ?? '-' };
  const faulty = Object.entries(parts).find(([, value]) => !PRINTABLE.test(value))?.[0];
  if (faulty !== undefined) throw configFailure([`${prefix}${faulty} holds white space or other unprintable text`]);
  return key;
}

function keyFrom(source: (name: string) => string | undefined): HostKey {
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
  if (missing.length === 0) return 'HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK must stand in the same place';
  const names = missing.join(' and ');
  return `${names} ${missing.length === 1 ? 'is' : 'are'} missing${OTHER_KEY[host.name]}`;
}
