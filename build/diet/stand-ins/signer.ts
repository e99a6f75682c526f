import { createHmac, hash } from 'node:crypto';
import { canonicalQuery, percentEncode, type QueryParams } from '../../../lib/vod/query.ts';

/** The headers that `lib/vod/request.ts` has signed. */
export interface UnsignedHeaders {
  readonly 'X-Project-Id': string;
  readonly 'X-Security-Token'?: string;
  readonly 'content-type': string;
}

/** A request to be signed, as `lib/vod/request.ts` puts it together: nothing in it has a date or a hash yet. */
export interface UnsignedRequest {
  /** Scheme, host, port and path. */
  readonly endpoint: string;
  readonly method: string;
  readonly queryParams: QueryParams;
  readonly headers: UnsignedHeaders;
  /** The body; signed as the JSON it is sent as. */
  readonly data?: unknown;
}

/** The part of the SDK's `ICredential` that signing needs. */
export interface SigningKey {
  getAk(): string;
  getSk(): string;
}

const ALGORITHM = 'SDK-HMAC-SHA256';
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The SDK's signer for requests of ours: the same headers and the same signature, byte for byte, with less to load.
 *
 * The steps are those of Huawei Cloud's "API Request Signing Guide". The SDK's own goes through moment, lodash and
 * `url.parse`, starts ICU's collator to sort five names, and does everything for requests of any kind.
 */
export const AKSKSigner = {
  /**
   * @returns the request's headers with `X-Sdk-Date`, `host` and `Authorization`
   * @throws URIError where a query parameter has a lone surrogate, which has no UTF-8 form
   * @throws TypeError where the request has a header besides those known here
   */
  sign({ endpoint, method, queryParams, headers, data }: UnsignedRequest, key: SigningKey): Record<string, string> {
    const { 'X-Project-Id': projectId, 'X-Security-Token': token, 'content-type': contentType } = headers;
    if (Object.keys(headers).length !== (token === undefined ? 2 : 3)) throw new TypeError('an unknown header to sign');
    const hostAt = endpoint.indexOf('//') + 2;
    const pathAt = endpoint.indexOf('/', hostAt);
    const host = endpoint.slice(hostAt, pathAt);
    const date = sdkDate(new Date());
    const uri = `${canonicalPath(endpoint.slice(pathAt))}\n${canonicalQuery(queryParams)}`;
    // Sorted by name.
    const lines = `content-type:${contentType}\nhost:${host}\nx-project-id:${projectId}\nx-sdk-date:${date}\n`;
    const tokenLine = token === undefined ? '' : `x-security-token:${token}\n`;
    const names = `content-type;host;x-project-id;x-sdk-date${token === undefined ? '' : ';x-security-token'}`;
    const bodyHash = data === undefined ? EMPTY_BODY_SHA256 : sha256(JSON.stringify(data));
    const canonicalRequest = `${method}\n${uri}\n${lines}${tokenLine}\n${names}\n${bodyHash}`;
    const stringToSign = `${ALGORITHM}\n${date}\n${sha256(canonicalRequest)}`;
    const signature = createHmac('sha256', key.getSk()).update(stringToSign).digest('hex');
    const signed: Record<string, string> = {
      'content-type': contentType,
      'X-Project-Id': projectId,
      'X-Sdk-Date': date,
      host,
      Authorization: `${ALGORITHM} Access=${key.getAk()}, SignedHeaders=${names}, Signature=${signature}`,
    };
    if (token !== undefined) signed['X-Security-Token'] = token;
    return signed;
  },
};

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Each segment encoded, and a slash at the end. */
function canonicalPath(path: string): string {
  const encoded = path.split('/').map(percentEncode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/**
 * `20260102T030405Z`. One number with two digits for each part: the first `toISOString` of a process takes V8 close to a
 * millisecond.
 */
function sdkDate(time: Date): string {
  const date = (time.getUTCFullYear() * 100 + time.getUTCMonth() + 1) * 100 + time.getUTCDate();
  const digits = String(((date * 100 + time.getUTCHours()) * 100 + time.getUTCMinutes()) * 100 + time.getUTCSeconds());
  return `${digits.slice(0, 8)}T${digits.slice(8)}Z`;
}
