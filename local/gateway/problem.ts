import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';

/** An HTTP answer with its body. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer | Readable;
}

/** An answer of the gateway itself, if the function did not see or not answer the request: RFC 9457. */
export function problem(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }),
  };
}

/** A JSON answer: what a function returned or threw. */
export function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    // A function that returns nothing gives no JSON.
    body: JSON.stringify(body) ?? 'null',
  };
}

/** An error as a platform shows it to a caller: its name and its message. */
export const errorView = (error: unknown): { readonly errorType: string; readonly errorMessage: string } =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'UserFunctionError', errorMessage: String(error) };
