import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from 'node:http';
import { request as sendTls } from 'node:https';
import type { Account } from '../../local/vod/authentication.ts';
import { ALGORITHM, canonicalRequest, signature, stringToSign } from '../../local/vod/signature.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Call {
  readonly method?: string;
  /** Path and query, as they go on the wire. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
  readonly ca?: string;
}

/** One request on a connection of its own; rejects with Node's error when no whole answer arrives. */
export function request(
  origin: string,
  { method = 'GET', path, headers = {}, body, signal, ca }: Call,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const tls = origin.startsWith('https:');
    // Node frames the body of a DELETE only when it is told to.
    const framed = body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) };
    const options = { method, headers: framed, agent: false as const, ...(signal && { signal }), ...(ca && { ca }) };
    let complete = (): boolean => false;
    const outgoing = (tls ? sendTls : send)(`${origin}${path}`, options, (incoming) => {
      complete = () => incoming.complete;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 0, headers: received } = incoming;
        resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    // What follows a whole answer on its connection is an error of the connection and not of the answer.
    outgoing.on('error', (error) => complete() || reject(error));
    outgoing.end(body);
  });
}

/** `20191115T033655Z` */
export const sdkDate = (now: number): string =>
  new Date(now)
    .toISOString()
    .replace(/\.\d{3}/, '')
    .replace(/[-:]/g, '');

/** The headers the SDK sends, signed for an account. */
export function sign(
  account: Account,
  host: string,
  { method = 'GET', path, body = '' }: Pick<Call, 'method' | 'path' | 'body'>,
  now = Date.now(),
): Record<string, string> {
  const url = new URL(`http://${host}${path}`);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host,
    'x-project-id': account.projectId,
    'x-sdk-date': sdkDate(now),
    ...(account.securityToken === undefined ? {} : { 'x-security-token': account.securityToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = canonicalRequest({ method, path: url.pathname, query: url.searchParams, headers, body }, names);
  const value = signature(account.sk, stringToSign(sdkDate(now), canonical));
  const authorization = `${ALGORITHM} Access=${account.ak}, SignedHeaders=${names.join(';')}, Signature=${value}`;
  return { ...headers, authorization };
}

/** A signed call. */
export function signedRequest(origin: string, account: Account, call: Call, now = Date.now()): Promise<Reply> {
  const headers = { ...sign(account, new URL(origin).host, call, now), ...call.headers };
  return request(origin, { ...call, headers });
}

export const cancelPath = (projectId: string, assetId: string): string =>
  `/v1.0/${projectId}/asset/process?asset_id=${assetId}`;

export const listPath = (projectId: string, ...assetIds: string[]): string =>
  `/v1.0/${projectId}/asset/list?${assetIds.map((assetId) => `asset_id=${assetId}`).join('&')}`;
