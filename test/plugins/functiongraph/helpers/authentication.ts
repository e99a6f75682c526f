/** Decides, as the gateway does, whether a call is let in. The signature itself is checked with the project's own code, not with the SDK's signer that made it. */
import { parseAuthorization, verifySignature } from '../../../../local/vod/signature.ts';

export interface SignedRequest {
  readonly method: string;
  /** As it stood in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Keys {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken: string | undefined;
}

/** How far a signature's time may be off. */
const ALLOWED_SKEW_MS = 15 * 60_000;

const millisecondsOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Why a request is refused, or `undefined` where it is let in. */
export const refusalReason = ({ method, target, headers, body }: SignedRequest, keys: Keys): string | undefined => {
  const claimed = parseAuthorization(headers['authorization'] ?? '');
  if (claimed?.ak !== keys.ak) return 'unknown access key';
  const required = ['host', 'x-sdk-date', ...(keys.securityToken === undefined ? [] : ['x-security-token'])];
  const unsigned = required.filter((name) => !claimed.signedHeaders.includes(name));
  if (unsigned.length > 0) return `not signed: ${unsigned.join(', ')}`;
  if (headers['x-security-token'] !== keys.securityToken) return 'wrong security token';
  const date = headers['x-sdk-date'] ?? '';
  if (!(Math.abs(Date.now() - millisecondsOf(date)) < ALLOWED_SKEW_MS)) return 'outside the allowed time';
  const { pathname, searchParams } = new URL(target, 'http://any');
  const request = { method, path: decodeURIComponent(pathname), query: searchParams, headers, body };
  return verifySignature(request, date, keys.sk, claimed) ? undefined : 'wrong signature';
};
