import { type Conclusion, ownError } from './conclusion.ts';
import type { OwnErrorCode } from './own-errors.ts';
import { REASONS_WITHOUT_CALL, type ReasonWithoutCall } from './reasons-without-call.ts';

interface FailureOptions {
  /** A more exact sentence than the table's. It must not repeat any input. */
  readonly detail?: string;
}

/**
 * Thrown when a cancel ends before VOD is called: a bad request or a bad setting. Any other error is a bug, and its
 * result has the code `INTERNAL`.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly reason: ReasonWithoutCall;
  readonly code: OwnErrorCode;
  readonly detail: string | undefined;

  constructor(reason: ReasonWithoutCall, { detail }: FailureOptions = {}) {
    const { code } = REASONS_WITHOUT_CALL[reason];
    super(detail ?? code);
    this.reason = reason;
    this.code = code;
    this.detail = detail;
  }
}

/** Turns anything that was thrown into a conclusion. It is for errors from before the first call to VOD. */
export function concludeError(error: unknown): Conclusion {
  if (!(error instanceof Failure)) return { ...withoutCall('internal'), cause: error };
  return withoutCall(error.reason, error.detail);
}

/** The conclusion of a cancel that ended before the first call to VOD. */
export function withoutCall(reason: ReasonWithoutCall, detail?: string): Conclusion {
  return { reason, attempts: 0, error: ownError(REASONS_WITHOUT_CALL[reason].code, detail), detail };
}
