import { ownError } from '../cancel/conclusion.ts';
import type { ErrorInfo } from '../cancel/result.ts';
import type { Attempt, Verdict } from '../cancel/vod-port.ts';
import { isRecord, parseObject } from '../json.ts';
import { ERROR_CODES, GUARDED_CODES } from './error-codes.ts';
import { parseRetryAfter } from './retry-after.ts';
import { type LossKind, TransportError, type WireAnswer } from './transport.ts';

/** The form of every documented code; anything else a server sends as one could be a secret it echoes. */
const CODE = /^[A-Z]{2,8}\.\d{1,12}$/;

/** Hexadecimal or a UUID in every sample; a narrow form for the same reason. */
const REQUEST_ID = /^[0-9A-Za-z-]{1,64}$/;

/** A part of a secret shorter than this is no use to anybody, and ids would be taken for it. */
const ECHO_LENGTH = 8;

const REFUSED_BY_GATEWAY = /^APIGW\.03\d\d$/;

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
} as const satisfies Record<Exclude<Verdict, 'lost' | 'unreachable'>, string>;

type AnsweredVerdict = keyof typeof MESSAGES;

/**
 * Tells what an answer to a cancel means. The code decides, the status only where there is none: the same code comes
 * under several statuses (see the table of codes).
 *
 * @param nowMs - the time of day, for a `Retry-After` that is a date
 * @param secrets - what must not come back in a result, should a server echo it
 */
export function classifyAnswer(answer: WireAnswer, nowMs: number, secrets: readonly string[]): Attempt {
  // A cancel that was done has no body, and an exception at every success would be dear.
  const code = answer.body ? codeOf(answer) : undefined;
  const verdict = verdictOf(answer.status, code);
  return {
    verdict,
    error: verdict === 'cancelled' ? undefined : errorOf(verdict, code),
    vodRequestId: requestIdOf(answer, secrets),
    retryAfterMs: retryAfterOf(answer, nowMs),
    guarded: answer.status === 401 || GUARDED_CODES.has(code ?? ''),
  };
}

/** Tells what it means that no whole answer came. @throws whatever is no {@link TransportError}: a bug */
export function classifyLoss(error: unknown): Attempt {
  if (!(error instanceof TransportError)) throw error;
  return LOSSES[error.kind];
}

const LOSSES = {
  unreachable: { verdict: 'unreachable', error: ownError('VOD_UNREACHABLE') },
  timeout: { verdict: 'lost', error: ownError('VOD_TIMEOUT') },
  connection_lost: { verdict: 'lost', error: ownError('VOD_CONNECTION_LOST') },
} as const satisfies Record<LossKind, Attempt>;

function verdictOf(status: number, code: string | undefined): AnsweredVerdict {
  if (status === 204) return 'cancelled';
  const decisive = code === undefined ? undefined : ERROR_CODES[code]?.verdict;
  // Whatever its code says, a 401 counts towards the lock of the key, so it is not to be tried again.
  if (status === 401 && decisive !== 'not_queued' && decisive !== 'not_found') return 'refused';
  if (decisive !== undefined) return decisive;
  if (code !== undefined && REFUSED_BY_GATEWAY.test(code)) return 'refused';
  if (status < 400) return 'undocumented_retryable';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'internal';
  return code === undefined || status === 404 ? 'undocumented' : 'rejected';
}

function errorOf(verdict: AnsweredVerdict, code: string | undefined): ErrorInfo {
  if (code === undefined) return ownError('VOD_BAD_RESPONSE', MESSAGES[verdict]);
  return { code, message: ERROR_CODES[code]?.message ?? MESSAGES[verdict] };
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

function retryAfterOf({ status, headers }: WireAnswer, nowMs: number): number | undefined {
  return status === 429 || status === 503 ? parseRetryAfter(headers['retry-after'], nowMs) : undefined;
}
