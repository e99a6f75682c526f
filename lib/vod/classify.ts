import { ownError } from '../cancel/conclusion.ts';
import type { ErrorInfo } from '../cancel/result.ts';
import type { Attempt, Verdict } from '../cancel/vod-port.ts';
import { isRecord, parseObject } from '../json.ts';
import { ERROR_CODES, type ErrorCodeRow, GUARDED_CODES, REFUSED_BY_GATEWAY } from './error-codes.ts';
import { parseHttpDate, retryAfterOf } from './retry-after.ts';
import type { WireAnswer, WireHead } from './transport.ts';

/** The name of a service, a dot and digits. Any other text could be a secret that the server echoes. */
const CODE = /^[A-Za-z][A-Za-z0-9]{1,15}\.\d{1,12}$/;

/** A code from VOD itself shows that it accepted the key. A code from the gateway does not. */
const VOD_OWN_CODE = /^V(?:OD|ST)\./;

/** Every sample is hexadecimal or a UUID. Any other text could be a secret that the server echoes. */
const REQUEST_ID = /^[0-9A-Za-z-]{1,64}$/;

/** A shorter part of a secret is useless, and an id could contain it by chance. */
const ECHO_LENGTH = 8;

/** The gateway accepts signatures within 15 minutes of its clock. A slow answer does not explain a difference of 5. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The message for an answer without a known code. */
const MESSAGES = {
  cancelled: '',
  not_queued: 'No transcode task of this asset is waiting.',
  not_found: 'VOD has no asset with this id.',
  throttled: 'The rate limit of VOD was reached.',
  vod_internal: 'VOD had an internal error.',
  refused: 'VOD refused the credentials or the permission.',
  undocumented: 'VOD sent an answer that is not documented.',
  undocumented_retryable: 'VOD sent an answer that is not documented.',
  vod_error: 'VOD rejected the call with a code that this function does not know.',
} as const satisfies Record<Exclude<Verdict, 'lost' | 'unreachable' | 'untrusted'>, string>;

type AnsweredVerdict = keyof typeof MESSAGES;

/**
 * Turns an answer to a cancel into an attempt. The code decides. The status decides only if there is no code, because
 * VOD sends the same code with several statuses (see the table of codes).
 *
 * @param nowMs - the time of day by our clock, in milliseconds since the epoch
 * @param secrets - texts that must not appear in a result, even if the server echoes them
 */
export function classifyAnswer(answer: WireAnswer, nowMs: number, secrets: readonly string[]): Attempt {
  // A successful cancel has no body, and parsing an empty text costs an exception.
  const code = answer.body ? codeOf(answer) : undefined;
  const row = code === undefined ? undefined : rowOf(code);
  const verdict = verdictOf(answer.status, code, row);
  const keyVerdict = keyVerdictOf(answer, code);
  const dateMs = parseHttpDate(answer.headers.date);
  return {
    verdict,
    error: verdict === 'cancelled' ? undefined : errorOf(verdict, code, row),
    vodRequestId: requestIdOf(answer, secrets),
    retryAfterMs: retryAfterOf(answer, nowMs),
    keyVerdict,
    clockIsOff:
      verdict === 'refused' &&
      keyVerdict === 'refused' &&
      dateMs !== undefined &&
      Math.abs(dateMs - nowMs) > CLOCK_TOLERANCE_MS,
  };
}

/**
 * What an answer shows about the key. Any 401 and some codes count towards Huawei's lock of the key: they refuse it. A 204
 * and any other code of VOD itself accept it.
 */
export function keyVerdictOf({ status }: WireHead, code?: string): Required<Attempt>['keyVerdict'] {
  if (status === 401) return 'refused';
  if (status === 204) return 'accepted';
  if (code === undefined) return 'unsettled';
  if (GUARDED_CODES.has(canonical(code))) return 'refused';
  return VOD_OWN_CODE.test(code) ? 'accepted' : 'unsettled';
}

/** The gateway's documents use the prefixes `APIGW.` and `APIG.` for the same numbers. */
const canonical = (code: string): string => code.replace(/^APIG\./, 'APIGW.');

function rowOf(code: string): ErrorCodeRow | undefined {
  const name = canonical(code);
  return ERROR_CODES[name] ?? (REFUSED_BY_GATEWAY.codes.test(name) ? REFUSED_BY_GATEWAY.row : undefined);
}

function verdictOf(status: number, code: string | undefined, row: ErrorCodeRow | undefined): AnsweredVerdict {
  if (status === 204) return 'cancelled';
  const decisive = row?.verdict;
  // Any 401 counts towards the lock of the key, with any code, so it must not be retried.
  if (status === 401 && decisive !== 'not_queued' && decisive !== 'not_found') return 'refused';
  if (decisive !== undefined) return decisive;
  if (status < 400) return 'undocumented_retryable';
  if (status === 429) return 'throttled';
  if (status >= 500 || status === 408) return 'vod_internal';
  return code === undefined || status === 404 ? 'undocumented' : 'vod_error';
}

function errorOf(verdict: AnsweredVerdict, code: string | undefined, row: ErrorCodeRow | undefined): ErrorInfo {
  if (code === undefined) return ownError('VOD_BAD_RESPONSE', MESSAGES[verdict]);
  return { code, message: row?.message ?? MESSAGES[verdict] };
}

/** VOD and the gateway send `{"error_code"}`, IAM sends `{"error":{"code"}}`. */
function codeOf({ body }: WireAnswer): string | undefined {
  const json = parseObject(body);
  const iam = json?.['error'];
  const code = json?.['error_code'] ?? (isRecord(iam) ? iam['code'] : undefined);
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}

function requestIdOf({ headers }: WireAnswer, secrets: readonly string[]): string | undefined {
  const id = headers['x-request-id'];
  if (typeof id !== 'string' || !REQUEST_ID.test(id)) return undefined;
  const echoed = secrets.some((secret) => id.includes(secret) || (id.length >= ECHO_LENGTH && secret.includes(id)));
  return echoed ? undefined : id;
}
