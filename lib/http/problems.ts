import type { Reason } from '../cancel/reasons.ts';

/** One reason as an HTTP response. */
interface ProblemRow {
  readonly status: number;
  readonly title: string;
}

/** Reasons with a 2xx and a plain result. Only an event can be ignored. */
type SuccessReason = 'cancelled' | 'cancelled_inferred' | 'ignored';

/** The status and the title of every other reason (RFC 9457 §3.1). */
export const PROBLEMS = {
  not_queued: { status: 409, title: 'No transcode task is waiting' },
  not_queued_after_doubt: { status: 409, title: 'No transcode task is waiting' },
  too_early: { status: 503, title: 'Too early to cancel' },
  not_found: { status: 404, title: 'Asset not found' },
  unsupported_event: { status: 400, title: 'Not an HTTP request' },
  missing_asset_id: { status: 400, title: 'Asset id missing' },
  invalid_asset_id: { status: 400, title: 'Asset id malformed' },
  conflicting_asset_id: { status: 400, title: 'Conflicting asset ids' },
  invalid_body: { status: 400, title: 'Body malformed' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  body_too_large: { status: 413, title: 'Body too large' },
  throttled: { status: 503, title: 'Throttled by VOD' },
  pace_limit: { status: 503, title: 'Pace limit reached' },
  vod_internal: { status: 502, title: 'VOD internal error' },
  unavailable: { status: 503, title: 'VOD unavailable' },
  unreachable: { status: 502, title: 'VOD unreachable' },
  untrusted: { status: 502, title: 'VOD not trusted' },
  unsettled: { status: 504, title: 'Outcome unknown' },
  deadline: { status: 504, title: 'No time left' },
  clock_off: { status: 502, title: 'Refused by VOD: clock off' },
  refused: { status: 502, title: 'Refused by VOD' },
  undocumented: { status: 502, title: 'Undocumented answer from VOD' },
  undocumented_retryable: { status: 502, title: 'Undocumented answer from VOD' },
  vod_error: { status: 502, title: 'Rejected by VOD' },
  key_paused: { status: 503, title: 'Key paused after a refusal' },
  config: { status: 500, title: 'Function not configured' },
  config_unavailable: { status: 500, title: 'Configuration unavailable' },
  internal: { status: 500, title: 'Internal error' },
} as const satisfies Record<Exclude<Reason, SuccessReason>, ProblemRow>;

/** Returns the problem type of a reason: a URN that never changes. */
export function problemType(reason: keyof typeof PROBLEMS): string {
  return `urn:problem:vod-transcode-cancel:${reason.replaceAll('_', '-')}`;
}
