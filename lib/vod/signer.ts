import { createHmac, hash } from 'node:crypto';
import { utcTime } from '../time.ts';
import type { Credentials } from './credentials.ts';
import { percentEncode } from './query.ts';

/** The parts of a request that the canonical request is made of, besides the headers. */
interface SignedParts {
  readonly method: string;
  readonly path: string;
  /** In its canonical form, which is also the form that is sent. */
  readonly query: string;
  /** The text that is sent as the body. */
  readonly body: string | undefined;
}

/** A request to be signed. */
export interface UnsignedRequest extends SignedParts {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly projectId: string;
  readonly contentType: string;
}

const ALGORITHM = 'SDK-HMAC-SHA256';
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The headers that are signed, with their names in lower case, sorted by name. */
type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Signs a request in the steps of Huawei Cloud's "API Request Signing Guide". The result has the same bytes as the one
 * of the SDK's own signer. The SDK's signer loads moment, lodash and `url.parse`, and starts ICU's collator to sort five
 * names; see docs/decisions.md.
 *
 * `test/vectors/huawei-signature.json` has the guide's own example, with the value of each step.
 *
 * @returns the signed headers, including `host` and `Authorization`
 */
export function signedHeaders(
  request: UnsignedRequest,
  { ak, sk, securityToken }: Credentials,
): Record<string, string> {
  const { origin, projectId, contentType } = request;
  const host = origin.slice(origin.indexOf('//') + 2);
  const date = utcTime(new Date()).replace(/[-:]|\.\d+/g, '');
  const signed: [name: string, value: string][] = [
    ['content-type', contentType],
    ['host', host],
    ['x-project-id', projectId],
    ['x-sdk-date', date],
  ];
  if (securityToken !== undefined) signed.push(['x-security-token', securityToken]);
  const text = stringToSign(date, canonicalRequest(request, signed));
  const headers: Record<string, string> = {
    'content-type': contentType,
    host,
    'X-Project-Id': projectId,
    'X-Sdk-Date': date,
    Authorization: authorization(ak, signed, signature(sk, text)),
  };
  if (securityToken !== undefined) headers['X-Security-Token'] = securityToken;
  return headers;
}

/** Step 1: the request in one fixed form. */
export function canonicalRequest({ method, path, query, body }: SignedParts, headers: Headers): string {
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('');
  const bodyHash = body === undefined ? EMPTY_BODY_SHA256 : sha256(body);
  return `${method}\n${canonicalPath(path)}\n${query}\n${lines}\n${namesOf(headers)}\n${bodyHash}`;
}

/**
 * Step 2: the text that is signed.
 *
 * @param date - the value of `X-Sdk-Date`: UTC, as in `20260102T030405Z`
 */
export function stringToSign(date: string, canonical: string): string {
  return `${ALGORITHM}\n${date}\n${sha256(canonical)}`;
}

/** Step 3: the signature, in lower-case hexadecimal digits. */
export function signature(sk: string, text: string): string {
  return createHmac('sha256', sk).update(text).digest('hex');
}

/** Step 4: the value of the header `Authorization`. */
export function authorization(ak: string, headers: Headers, signed: string): string {
  return `${ALGORITHM} Access=${ak}, SignedHeaders=${namesOf(headers)}, Signature=${signed}`;
}

const namesOf = (headers: Headers): string => headers.map(([name]) => name).join(';');

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Encodes each segment, and adds a slash at the end. */
function canonicalPath(path: string): string {
  const encoded = path.split('/').map(percentEncode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}
