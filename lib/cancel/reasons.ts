import type { Outcome } from './outcome.ts';
import type { OwnErrorCode } from './own-errors.ts';
import { REASONS_WITHOUT_CALL } from './reasons-without-call.ts';

export interface ReasonRow {
  readonly outcome: Outcome;
  readonly retryable: boolean;
  /** Our own error code, if the cancel ends before VOD is called; else the code comes from the last attempt. */
  readonly code?: OwnErrorCode;
  /** One sentence for a person. A conclusion may have a more exact one. */
  readonly detail: string;
  /** The sentence if an earlier attempt of the same cancel, lost or doubtful, may have been carried out. */
  readonly detailInDoubt?: string;
  /** The outcome comes from a status read that settled a doubt, not from VOD's answer. */
  readonly inferred?: true;
}

/**
 * Every way a cancel can end. A reason is more exact than an outcome: the HTTP status, for example, depends on why a
 * cancel failed.
 */
export const REASONS = {
  cancelled: { outcome: 'cancelled', retryable: false, detail: 'The queued transcode task was cancelled.' },
  cancelled_inferred: {
    outcome: 'cancelled',
    retryable: false,
    detail:
      'The queued transcode task was cancelled; this is inferred from the status read, because the answer to the cancel was lost or doubtful.',
    inferred: true,
  },
  not_queued: {
    outcome: 'not_queued',
    retryable: false,
    detail: 'No transcode task of this asset is waiting: it is running, it is done, or there never was one.',
  },
  not_queued_after_doubt: {
    outcome: 'not_queued',
    retryable: false,
    detail:
      'No transcode task of this asset is waiting now; an earlier cancel, whose answer was lost or doubtful, may have emptied the queue.',
    inferred: true,
  },
  not_found: { outcome: 'not_found', retryable: false, detail: 'VOD has no asset with this id.' },
  too_early: {
    outcome: 'failed',
    retryable: true,
    detail: 'The asset is not ready for a cancel yet: its transcode task does not exist yet or is being queued.',
  },
  unsettled: {
    outcome: 'unknown',
    retryable: true,
    detail: 'A cancel was sent, but its answer was lost or doubtful, so it is unknown whether the task was cancelled.',
  },
  throttled: {
    outcome: 'failed',
    retryable: true,
    detail: 'VOD is throttling calls; nothing was cancelled.',
    detailInDoubt: 'VOD is throttling calls; an earlier attempt without a clear answer may have cancelled the task.',
  },
  vod_internal: {
    outcome: 'failed',
    retryable: true,
    detail: 'VOD had an internal error; it is unknown whether the task was cancelled.',
  },
  unavailable: {
    outcome: 'failed',
    retryable: true,
    detail: 'VOD is not available and says when to retry; it is unknown whether the task was cancelled.',
  },
  unreachable: {
    outcome: 'failed',
    retryable: true,
    detail: 'A connection to VOD could not be opened; nothing was cancelled.',
    detailInDoubt:
      'A connection to VOD could not be opened; an earlier attempt without a clear answer may have cancelled the task.',
  },
  untrusted: {
    outcome: 'failed',
    retryable: false,
    detail: "VOD's certificate could not be verified, so the connection was not used; nothing was cancelled.",
    detailInDoubt:
      "VOD's certificate could not be verified, so the connection was not used; an earlier attempt without a clear answer may have cancelled the task.",
  },
  refused: {
    outcome: 'failed',
    retryable: false,
    detail: 'VOD refused the credentials, the tenant or the permission; nothing was cancelled.',
    detailInDoubt:
      'VOD refused the credentials, the tenant or the permission; an earlier attempt without a clear answer may have cancelled the task.',
  },
  clock_off: {
    outcome: 'failed',
    retryable: false,
    detail:
      "VOD refused the key, most likely because this host's clock is more than 5 minutes off VOD's; nothing was cancelled.",
    detailInDoubt:
      "VOD refused the key, most likely because this host's clock is more than 5 minutes off VOD's; an earlier attempt without a clear answer may have cancelled the task.",
  },
  undocumented: {
    outcome: 'failed',
    retryable: false,
    detail: 'VOD sent an answer that is not documented, so it is uncertain whether the task was cancelled.',
  },
  undocumented_retryable: {
    outcome: 'failed',
    retryable: true,
    detail: 'VOD sent an answer that is not documented, so it is uncertain whether the task was cancelled.',
  },
  vod_error: {
    outcome: 'failed',
    retryable: false,
    detail: 'VOD rejected the cancel; nothing was cancelled.',
    detailInDoubt: 'VOD rejected the cancel; an earlier attempt without a clear answer may have cancelled the task.',
  },
  ignored: { outcome: 'ignored', retryable: false, detail: 'The event does not ask this function to cancel anything.' },
  ...REASONS_WITHOUT_CALL,
} as const satisfies Record<string, ReasonRow>;

export type Reason = keyof typeof REASONS;
