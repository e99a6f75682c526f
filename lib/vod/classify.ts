import { ownError } from '../cancel/conclusion.ts';
import type { ErrorInfo } from '../cancel/result.ts';
import type { Attempt, Verdict } from '../cancel/vod-port.ts';
import { isRecord, parseObject } from '../json.ts';
import { ERROR_CODES, type ErrorCodeRow, GUARDED_CODES, REFUSED_BY_GATEWAY } from './error-codes.ts';
import { parseHttpDate, parseRetryAfter } from './retry-after.ts';
import type { WireAnswer } from './transport.ts';

/** A service's name, a dot and digits. Anything else a server sends as a code could be a secret it echoes. */
const CODE = /^[A-Za-z][A-Za-z0-9]{1,15}\.\d{1,12}$/;

/** Whatever VOD itself says under a key, it has let the key in. A gateway in front of it says nothing of the kind. */
const VOD_OWN_CODE = /^V(?:OD|ST)\./;

/** Hexadecimal or a UUID in every sample; a narrow form for the same reason. */
const REQUEST_ID = /^[0-9A-Za-z-]{1,64}$/;

/** A part of a secret shorter than this is no use to anybody, and ids would be taken for it. */
const ECHO_LENGTH = 8;

/** The gateway takes signatures within 15 minutes of its clock. A difference of 5 is more than a slow answer explains. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** What an answer without a code of its own says to a person. */
const MESSAGES = {
  cancelled: '',
  not_queued: 'No transcode task of this asset is waiting.',
  not_found: 'VOD has no asset with this id.',
  throttled: 'The rate limit of VOD was reached.',
  internal: 'VOD had an internal error.',
  refused: 'VOD refused the credentials or the permission.',
  undocumented: 'VOD gave an answer that it does not document.',
  undocumented_retryable: 'VOD gave an answer that it does not document.',
  rejected: 'VOD rejected the call with a code this function does not know.',
} as const satisfies Record<Exclude<Verdict, 'lost' | 'unreachable' | 'untrusted'>, string>;

type AnsweredVerdict = keyof typeof MESSAGES;

/**
 * Tells what an answer to a cancel means. The code decides, the status only where there is none: the same code comes
 * under several statuses (see the table of codes).
 *
 * @param nowMs - the time of day by our clock, in milliseconds since the epoch
 * @param secrets - what must not come back in a result, should a server echo it
 */
export function classifyAnswer(answer: WireAnswer, nowMs: number, secrets: readonly string[]): Attempt {
  // A cancel that was done has no body, and an exception at every success would be dear.
  const code = answer.body ? codeOf(answer) : undefined;
  const row = code === undefined ? undefined : rowOf(code);
  const verdict = verdictOf(answer.status, code, row);
  const guarded = answer.status === 401 || (code !== undefined && GUARDED_CODES.has(canonical(code)));
  const dateMs = parseHttpDate(answer.headers.date);
  return {
    verdict,
    error: verdict === 'cancelled' ? undefined : errorOf(verdict, code, row),
    vodRequestId: requestIdOf(answer, secrets),
    retryAfterMs: retryAfterOf(answer, dateMs ?? nowMs),
    guarded,
    keyAccepted: !guarded && (verdict === 'cancelled' || (code !== undefined && VOD_OWN_CODE.test(code))),
    clockIsOff: guarded && dateMs !== undefined && Math.abs(dateMs - nowMs) > CLOCK_TOLERANCE_MS,
  };
}

/** The gateway's documents say `APIGW.` in some places and `APIG.` in others, with the same numbers. */
const canonical = (code: string): string => code.replace(/^APIG\./, 'APIGW.');

function rowOf(code: string): ErrorCodeRow | undefined {
  const name = canonical(code);
  return ERROR_CODES[name] ?? (REFUSED_BY_GATEWAY.codes.test(name) ? REFUSED_BY_GATEWAY.row : undefined);
}

function verdictOf(status: number, code: string | undefined, row: ErrorCodeRow | undefined): AnsweredVerdict {
  if (status === 204) return 'cancelled';
  const decisive = row?.verdict;
  // Whatever its code says, a 401 counts towards the lock of the key, so it is not to be tried again.
  if (status === 401 && decisive !== 'not_queued' && decisive !== 'not_found') return 'refused';
  if (decisive !== undefined) return decisive;
  if (status < 400) return 'undocumented_retryable';
  if (status === 429) return 'throttled';
  if (status >= 500 || status === 408) return 'internal';
  return code === undefined || status === 404 ? 'undocumented' : 'rejected';
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

function retryAfterOf({ status, headers }: WireAnswer, sentAtMs: number): number | undefined {
  return status === 429 || status === 503 ? parseRetryAfter(headers['retry-after'], sentAtMs) : undefined;
}
