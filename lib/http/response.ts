import type { Conclusion } from '../cancel/conclusion.ts';
import type { CancelResult } from '../cancel/result.ts';
import { ALLOWED_METHODS } from './asset-ids.ts';
import { PROBLEMS, problemType } from './problems.ts';

/** The response to an HTTP gateway. It has exactly one of the two header members. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

const DEFAULT_RETRY_AFTER_MS = 60_000;
/** The least and the most that `retry-after` says, in seconds. 0 would invite a request at once. */
const MIN_RETRY_AFTER_S = 1;
const MAX_RETRY_AFTER_S = 3_600;

/**
 * Turns a result into a response: the plain result after a success, else a problem of RFC 9457 with every member of the
 * result.
 *
 * @param multiValueHeaders - whether the gateway wants its headers as arrays
 */
export function toHttpResponse(conclusion: Conclusion, result: CancelResult, multiValueHeaders: boolean): HttpResponse {
  const { statusCode, contentType, body } = answer(conclusion, result);
  const headers: Record<string, string> = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': result.request_id,
  };
  if (statusCode === 405) headers['allow'] = ALLOWED_METHODS.join(', ');
  if (statusCode === 503) headers['retry-after'] = retryAfter(conclusion.retryAfterMs);
  const text = JSON.stringify(body);
  return multiValueHeaders
    ? { statusCode, multiValueHeaders: inArrays(headers), body: text, isBase64Encoded: false }
    : { statusCode, headers, body: text, isBase64Encoded: false };
}

interface Answer {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: object;
}

function answer({ reason }: Conclusion, result: CancelResult): Answer {
  if (reason === 'cancelled' || reason === 'cancelled_inferred' || reason === 'ignored') {
    return { statusCode: 200, contentType: 'application/json; charset=utf-8', body: result };
  }
  const { status, title } = PROBLEMS[reason];
  return {
    statusCode: status,
    contentType: 'application/problem+json',
    body: { type: problemType(reason), title, status, ...result },
  };
}

function inArrays(headers: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

/** In whole seconds. */
const retryAfter = (ms = DEFAULT_RETRY_AFTER_MS): string =>
  String(Math.min(Math.max(MIN_RETRY_AFTER_S, Math.ceil(ms / 1000)), MAX_RETRY_AFTER_S));
