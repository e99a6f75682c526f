import { createHash, createHmac } from 'node:crypto';

/**
 * AK/SK request signing of Huawei Cloud's "API Request Signing Guide", one function per step.
 * It is written from the specification and its known answers, without the SDK. A check of the SDK's signatures with the
 * SDK's own signer would prove nothing.
 */

export const ALGORITHM = 'SDK-HMAC-SHA256';

/** The parts of a request that are signed. */
export interface SignableRequest {
  readonly method: string;
  /** Percent-decoded, without the query. */
  readonly path: string;
  /** Decoded names and values. A repeated name occurs repeatedly. */
  readonly query: Iterable<readonly [string, string]>;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The three parts of an `Authorization` header. */
export interface Authorization {
  readonly ak: string;
  /** Lower-case header names in the order they were signed in. */
  readonly signedHeaders: readonly string[];
  /** 64 lower-case hex digits. */
  readonly signature: string;
}

const AUTHORIZATION = /^SDK-HMAC-SHA256 Access=([^\s,]+), ?SignedHeaders=([^\s,]+), ?Signature=([0-9a-f]{64})$/;

/** @returns the parts of the header, or `undefined` if it uses another algorithm */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, ak, signedHeaders, value] = AUTHORIZATION.exec(header) ?? [];
  if (ak === undefined || signedHeaders === undefined || value === undefined) return undefined;
  return { ak, signedHeaders: signedHeaders.toLowerCase().split(';'), signature: value };
}

const hexSha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Encodes all but RFC 3986's unreserved characters, also the five that `encodeURIComponent` does not encode. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** The signed path ends with a slash, although the sent path does not. */
function canonicalUri(path: string): string {
  const encoded = path.split('/').map(percentEncode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

function canonicalQueryString(query: SignableRequest['query']): string {
  return Array.from(query, ([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort((left, right) => byCodeUnit(left[0], right[0]) || byCodeUnit(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeaders(headers: SignableRequest['headers'], signedHeaders: readonly string[]): string {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  return signedHeaders.map((name) => `${name}:${values.get(name) ?? ''}\n`).join('');
}

/**
 * Step 1.
 *
 * @param signedHeaders - lower-case names, in the order they are listed in
 * @returns six lines; the headers' part brings its own line ends
 */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  return [
    request.method.toUpperCase(),
    canonicalUri(request.path),
    canonicalQueryString(request.query),
    canonicalHeaders(request.headers, signedHeaders),
    signedHeaders.join(';'),
    hexSha256(request.body),
  ].join('\n');
}

/**
 * Step 2.
 *
 * @param date - the `X-Sdk-Date` as sent
 */
export function stringToSign(date: string, canonical: string): string {
  return [ALGORITHM, date, hexSha256(canonical)].join('\n');
}

/**
 * Step 3. No key is derived: the secret key signs.
 *
 * @returns 64 lower-case hex digits
 */
export function signature(sk: string, toSign: string): string {
  return createHmac('sha256', sk).update(toSign).digest('hex');
}

/** Computes steps 1 to 3 for a request and compares the result with its signature. */
export function verifySignature(request: SignableRequest, date: string, sk: string, claimed: Authorization): boolean {
  return claimed.signature === signature(sk, stringToSign(date, canonicalRequest(request, claimed.signedHeaders)));
}
