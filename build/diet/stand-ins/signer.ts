import { createHmac, hash } from 'node:crypto';
import { percentEncode } from '../../../lib/vod/percent-encode.ts';

/** A request to be signed, as `lib/vod/request.ts` puts it together: nothing in it has a date or a hash yet. */
export interface UnsignedRequest {
  /** Scheme, host, port and path. */
  readonly endpoint: string;
  readonly method: string;
  readonly queryParams: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
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
   */
  sign(
    { endpoint, method, queryParams, headers, data }: UnsignedRequest,
    key: SigningKey,
  ): Readonly<Record<string, string>> {
    const hostAt = endpoint.indexOf('//') + 2;
    const pathAt = endpoint.indexOf('/', hostAt);
    const date = sdkDate(new Date());
    const all: Record<string, string> = { ...headers, 'X-Sdk-Date': date, host: endpoint.slice(hostAt, pathAt) };
    const lines = Object.keys(all)
      .map((name) => ({ name: name.toLowerCase(), value: all[name] }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const signedHeaders = lines.map(({ name }) => name).join(';');
    const canonicalHeaders = lines.map(({ name, value }) => `${name}:${value}\n`).join('');
    const bodyHash = data === undefined ? EMPTY_BODY_SHA256 : sha256(JSON.stringify(data));
    const uri = `${canonicalPath(endpoint.slice(pathAt))}\n${canonicalQuery(queryParams)}`;
    const canonicalRequest = `${method}\n${uri}\n${canonicalHeaders}\n${signedHeaders}\n${bodyHash}`;
    const stringToSign = `${ALGORITHM}\n${date}\n${sha256(canonicalRequest)}`;
    const signature = createHmac('sha256', key.getSk()).update(stringToSign).digest('hex');
    all['Authorization'] = `${ALGORITHM} Access=${key.getAk()}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return all;
  },
};

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Each segment encoded, and a slash at the end. */
function canonicalPath(path: string): string {
  const encoded = path.split('/').map(percentEncode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Sorted by name, several values of one name by value. */
function canonicalQuery(params: UnsignedRequest['queryParams']): string {
  return Object.keys(params)
    .sort()
    .flatMap((name) =>
      [params[name] ?? '']
        .flat()
        .sort()
        .map((value) => `${percentEncode(name)}=${percentEncode(value)}`),
    )
    .join('&');
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
