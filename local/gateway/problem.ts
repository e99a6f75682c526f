import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';

/** An HTTP answer in full, body included; one that is a stream goes out as it comes. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer | Readable;
}

/** What the gateway itself says to a request that the function never saw, or never answered: RFC 9457. */
export function problem(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }),
  };
}

/** An answer in JSON that is no problem of the gateway's: what a function returned or threw. */
export function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    // A function that returns nothing has no JSON of its own.
    body: JSON.stringify(body) ?? 'null',
  };
}
