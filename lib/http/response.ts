import type { Conclusion } from '../cancel/conclusion.ts';
import type { CancelResult } from '../cancel/result.ts';
import { ALLOWED_METHODS } from './asset-ids.ts';
import { PROBLEMS, problemType } from './problems.ts';

/** What an HTTP gateway takes back; exactly one of the two header members is there. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json';

/** For how long to stay away where neither VOD nor we know, and at most, in seconds. */
const DEFAULT_RETRY_AFTER_S = 60;
const MAX_RETRY_AFTER_S = 3_600;

/**
 * Turns a result into a gateway's response: the plain result for a success, else a problem of RFC 9457 that carries
 * every member of the result.
 *
 * @param multiValueHeaders - whether the gateway wants its headers as arrays
 */
export function toHttpResponse(conclusion: Conclusion, result: CancelResult, multiValueHeaders: boolean): HttpResponse {
  const { statusCode, headers, body } = answer(conclusion, result);
  const all = {
    ...headers,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': result.request_id,
  };
  return {
    statusCode,
    ...(multiValueHeaders
      ? { multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])) }
      : { headers: all }),
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

function answer({ reason, retryAfterSeconds }: Conclusion, result: CancelResult): Answer {
  if (reason === 'cancelled' || reason === 'cancelled_inferred' || reason === 'ignored') {
    return { statusCode: 200, headers: { 'content-type': JSON_TYPE }, body: result };
  }
  const { status, title } = PROBLEMS[reason];
  return {
    statusCode: status,
    headers: {
      'content-type': PROBLEM_TYPE,
      ...(status === 405 && { allow: ALLOWED_METHODS.join(', ') }),
      ...(status === 503 && { 'retry-after': retryAfter(retryAfterSeconds) }),
    },
    body: { type: problemType(reason), title, status, ...result },
  };
}

const retryAfter = (seconds = DEFAULT_RETRY_AFTER_S): string => String(Math.min(seconds, MAX_RETRY_AFTER_S));
