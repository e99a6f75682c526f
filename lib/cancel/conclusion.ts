import type { TranscodeStatus } from './outcome.ts';
import { OWN_ERRORS, type OwnErrorCode } from './own-errors.ts';
import { REASONS, type Reason, type ReasonRow } from './reasons.ts';
import type { CancelResult, ErrorInfo } from './result.ts';

/** What one cancel came to, before it is put into the words of a caller. */
export interface Conclusion {
  readonly reason: Reason;
  /** Cancel calls tried, also those whose connection never opened. */
  readonly attempts: number;
  /** A sentence more exact than the reason's own. */
  readonly detail?: string | undefined;
  readonly error?: ErrorInfo | undefined;
  readonly transcodeStatus?: TranscodeStatus | undefined;
  readonly vodRequestId?: string | undefined;
  /** When it makes sense to ask again, in whole seconds; undefined where nothing is known. */
  readonly retryAfterSeconds?: number | undefined;
  /** How long it waited for its turn, its slot and between attempts, in whole milliseconds; for the log alone. */
  readonly waitedMs?: number | undefined;
  /** What was thrown, where a bug ended the cancel; for the log alone. */
  readonly cause?: unknown;
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

/** An own error code with its message. */
export function ownError(code: OwnErrorCode, message: string = OWN_ERRORS[code]): ErrorInfo {
  return { code, message };
}

/**
 * Puts a conclusion into the one form that callers, events and the log share.
 *
 * @param assetId - the checked id, or null where no valid one could be read
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
