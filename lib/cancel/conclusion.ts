import { OWN_ERRORS, type OwnErrorCode } from './own-errors.ts';
import { REASONS, type Reason } from './reasons.ts';
import type { CancelResult, ErrorInfo, TranscodeStatus } from './result.ts';

/** What one cancel came to, before it is put into the words of a caller. */
export interface Conclusion {
  readonly reason: Reason;
  /** Cancel calls tried, also those whose connection never opened. */
  readonly attempts: number;
  /** A sentence more exact than the reason's own. */
  readonly detail?: string;
  readonly error?: ErrorInfo;
  readonly transcodeStatus?: TranscodeStatus;
  readonly vodRequestId?: string;
  /** When it makes sense to ask again, in whole seconds; undefined where nothing is known. */
  readonly retryAfterSeconds?: number;
  /** What was thrown, where a bug ended the cancel; for the log alone. */
  readonly cause?: unknown;
}

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
  const row = REASONS[conclusion.reason];
  return {
    asset_id: assetId,
    outcome: row.outcome,
    retryable: row.retryable,
    detail: conclusion.detail ?? row.detail,
    ...(conclusion.transcodeStatus !== undefined && { transcode_status: conclusion.transcodeStatus }),
    ...(conclusion.error !== undefined && { error: conclusion.error }),
    attempts: conclusion.attempts,
    request_id: requestId,
    ...(conclusion.vodRequestId !== undefined && { vod_request_id: conclusion.vodRequestId }),
  };
}
