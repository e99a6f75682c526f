import { hash } from 'node:crypto';

/** A key to sign calls with. A temporary one has a security token. */
export interface Credentials {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken?: string;
}

/** Text that fits into a header. It also excludes the line break at the end of many copied secrets. */
const PRINTABLE = /^[\x21-\x7e]{1,16384}$/;

/** Returns the name of the first part that does not fit into a header; undefined if all parts do. */
export function unprintablePart({ ak, sk, securityToken = '-' }: Credentials): string | undefined {
  const parts = { AK: ak, SK: sk, SECURITY_TOKEN: securityToken };
  return Object.entries(parts).find(([, value]) => !PRINTABLE.test(value))?.[0];
}

/** Returns a digest that differs for any two keys: SHA-256 of all parts, each with its length before it. */
export function keyIdOf({ ak, sk, securityToken = '' }: Credentials): string {
  return hash('sha256', [ak, sk, securityToken].map((part) => `${part.length}:${part}`).join(''), 'hex');
}
