import type { TranscodeStatus } from './outcome.ts';
import { OWN_ERRORS, type OwnErrorCode } from './own-errors.ts';
import { REASONS, type Reason, type ReasonRow } from './reasons.ts';
import type { CancelResult, ErrorInfo } from './result.ts';

/** How one cancel ended, before it becomes a result. */
export interface Conclusion {
  readonly reason: Reason;
  /** The number of cancel calls, including those whose connection never opened. */
  readonly attempts: number;
  /** A more exact sentence than the one of the reason. */
  readonly detail?: string | undefined;
  readonly error?: ErrorInfo | undefined;
  readonly transcodeStatus?: TranscodeStatus | undefined;
  readonly vodRequestId?: string | undefined;
  /** When a new request makes sense, in milliseconds; undefined if that is unknown. */
  readonly retryAfterMs?: number | undefined;
  /** How long it waited for the key, for the pace and between attempts, in whole milliseconds. It is only for the log. */
  readonly waitedMs?: number | undefined;
  /** The error, if a bug ended the cancel. It is only for the log. */
  readonly cause?: unknown;
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

/** Returns an error with one of our own codes. */
export function ownError(code: OwnErrorCode, message: string = OWN_ERRORS[code]): ErrorInfo {
  return { code, message };
}

/**
 * Turns a conclusion into the result that callers, events and the log share.
 *
 * @param assetId - the checked id; null if no valid id could be read
 * @param requestId - the host's invocation id
 */
export function toCancelResult(conclusion: Conclusion, assetId: string | null, requestId: string): CancelResult {
  const { outcome, retryable, detail, inferred }: ReasonRow = REASONS[conclusion.reason];
  const { transcodeStatus, error, vodRequestId } = conclusion;
  const result: Writable<CancelResult> = {
    asset_id: assetId,
    outcome,
    retryable,
    detail: conclusion.detail ?? detail,
    attempts: conclusion.attempts,
    request_id: requestId,
  };
  if (transcodeStatus !== undefined) result.transcode_status = transcodeStatus;
  if (inferred) result.inferred = inferred;
  if (error !== undefined) result.error = error;
  if (vodRequestId !== undefined) result.vod_request_id = vodRequestId;
  return result;
}
