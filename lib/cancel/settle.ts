import type { Conclusion } from './conclusion.ts';
import type { TranscodeStatus } from './outcome.ts';
import { REASONS, type Reason, type ReasonRow } from './reasons.ts';
import { type AssetStatus, type Attempt, isAnswered, type Verdict } from './vod-port.ts';

/** Verdicts that do not decide whether an earlier, lost cancel was carried out. The others decide. */
const UNDECIDED: ReadonlySet<Verdict | undefined> = new Set([
  'throttled',
  'vod_internal',
  'undocumented',
  'undocumented_retryable',
  'lost',
  'unreachable',
  'untrusted',
]);

/** A gateway can time out although VOD carried out the cancel. So an internal error is as doubtful as a lost answer. */
const isDoubtful = (attempt: Attempt): boolean => attempt.verdict === 'lost' || attempt.verdict === 'vod_internal';

/**
 * Whether all doubtful attempts were lost on a reused connection, which VOD may have closed before it read the request.
 * It does not matter if none is doubtful: in the row `too_early_or_too_late` of the table below, the columns `none` and
 * `left_queue` have the same reason.
 */
const isWeakDoubt = (attempts: readonly Attempt[]): boolean =>
  attempts.filter(isDoubtful).every(({ reusedConnectionLost }) => reusedConnectionLost === true);

/** A question that only a status read can answer. */
type OpenQuestion = 'too_early_or_too_late' | 'who_emptied_the_queue' | 'was_it_cancelled';

/**
 * Returns the question that a status read has to settle.
 *
 * @param attempts - in the order they were made
 */
export function openQuestion(attempts: readonly Attempt[]): OpenQuestion | undefined {
  const last = attempts.at(-1)?.verdict;
  if (last === 'not_queued') return attempts.some(isDoubtful) ? 'who_emptied_the_queue' : 'too_early_or_too_late';
  const isLost = attempts.some(({ verdict }) => verdict === 'lost');
  return isLost && UNDECIDED.has(last) ? 'was_it_cancelled' : undefined;
}

type StatusClass = 'none' | 'left_queue' | 'still_waiting' | 'unreadable';

/**
 * Returns the column of the table below. After weak doubt only, an empty queue does not show that this cancel emptied
 * it: the doubtful calls may never have reached VOD.
 */
function classOf(status: AssetStatus | undefined, attempts: readonly Attempt[]): StatusClass {
  if (status === undefined) return 'unreadable';
  if (status.transcodeStatus === 'WAITING_TRANSCODE') return 'still_waiting';
  if (status.transcodeStatus !== 'UN_TRANSCODE') return 'left_queue';
  if (status.uploading) return 'still_waiting';
  return isWeakDoubt(attempts) ? 'left_queue' : 'none';
}

/** What a status read means, by the question that it settles. */
const STATUS_READ_TABLE = {
  too_early_or_too_late: {
    none: 'not_queued',
    left_queue: 'not_queued',
    still_waiting: 'too_early',
    unreadable: 'not_queued',
  },
  who_emptied_the_queue: {
    none: 'cancelled_inferred',
    left_queue: 'not_queued_after_doubt',
    still_waiting: 'too_early',
    unreadable: 'unsettled',
  },
  was_it_cancelled: {
    none: 'cancelled_inferred',
    left_queue: 'not_queued_after_doubt',
    still_waiting: 'unsettled',
    unreadable: 'unsettled',
  },
} as const satisfies Record<OpenQuestion, Record<StatusClass, Reason>>;

/** The exact sentence for `not_queued` if the status is known. */
const NOT_QUEUED_DETAIL: Readonly<Partial<Record<TranscodeStatus, string>>> = {
  UN_TRANSCODE: 'No transcode task of this asset is waiting: it was cancelled before, or none was queued.',
  TRANSCODING: 'The transcode task is already running, so it can no longer be cancelled.',
  TRANSCODE_SUCCEED: 'The transcode task is already done, so there is nothing to cancel.',
  TRANSCODE_FAILED: 'The transcode task has already failed, so there is nothing to cancel.',
};

/** What `unsettled` can say more exactly after a status read: a call that hangs may still reach VOD. */
const STILL_WAITING_DETAIL =
  'The status read says that the task still waits, but a cancel whose answer was lost may take effect later; ask again.';

/**
 * Turns the attempts, and the status read if there was one, into a conclusion.
 *
 * @param attempts - in the order they were made, at least one
 * @param status - the status; undefined if it was not read or could not be read
 */
export function settle(attempts: readonly Attempt[], status: AssetStatus | undefined): Conclusion {
  const last = attempts.at(-1);
  if (last === undefined) throw new TypeError('settle needs an attempt');
  const question = openQuestion(attempts);
  const reason = question === undefined ? reasonOf(last) : STATUS_READ_TABLE[question][classOf(status, attempts)];
  const detail = detailOf(reason, attempts, status);
  const error = reason === 'cancelled_inferred' ? undefined : errorOf(attempts, question);
  return {
    reason,
    attempts: attempts.length,
    detail,
    error,
    transcodeStatus: status?.transcodeStatus,
    vodRequestId: attempts.findLast(isAnswered)?.vodRequestId,
    retryAfterMs: last.retryAfterMs,
  };
}

function reasonOf({ verdict, retryAfterMs, clockIsOff }: Attempt): Reason {
  if (verdict === 'vod_internal' && retryAfterMs !== undefined) return 'unavailable';
  if (clockIsOff) return 'clock_off';
  return verdict === 'lost' ? 'unsettled' : verdict;
}

/** A more exact sentence than the one of the reason, if there is one. */
function detailOf(reason: Reason, attempts: readonly Attempt[], status: AssetStatus | undefined): string | undefined {
  if (reason === 'not_queued') return status && NOT_QUEUED_DETAIL[status.transcodeStatus];
  if (reason === 'unsettled') return status && STILL_WAITING_DETAIL;
  const row: ReasonRow = REASONS[reason];
  return attempts.some(isDoubtful) ? row.detailInDoubt : undefined;
}

/** The error of the last attempt. If a lost answer was the question, the error of the last lost attempt. */
function errorOf(attempts: readonly Attempt[], question: OpenQuestion | undefined): Attempt['error'] {
  const decisive =
    question === 'was_it_cancelled' ? attempts.findLast(({ verdict }) => verdict === 'lost') : attempts.at(-1);
  return decisive?.error;
}
