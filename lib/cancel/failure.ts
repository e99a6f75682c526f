import { type Conclusion, ownError } from './conclusion.ts';
import type { OwnErrorCode } from './own-errors.ts';
import type { Reason } from './reasons.ts';

interface FailureOptions extends ErrorOptions {
  /** A sentence more exact than the table's, with nothing of the input in it. */
  readonly detail?: string;
}

/**
 * Thrown where a cancel ends before VOD is called: a bad request, a bad setting.
 * Anything else that is thrown is a bug and ends as `INTERNAL`.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly reason: Reason;
  readonly code: OwnErrorCode;
  readonly detail: string | undefined;

  constructor(reason: Reason, code: OwnErrorCode, { detail, ...options }: FailureOptions = {}) {
    super(detail ?? code, options);
    this.reason = reason;
    this.code = code;
    this.detail = detail;
  }
}

/** The one place that turns whatever was thrown into a conclusion; no call to VOD had been made. */
export function concludeError(error: unknown): Conclusion {
  if (!(error instanceof Failure))
    return { reason: 'internal', attempts: 0, error: ownError('INTERNAL'), cause: error };
  return {
    reason: error.reason,
    attempts: 0,
    error: ownError(error.code, error.detail),
    ...(error.detail !== undefined && { detail: error.detail }),
  };
}
