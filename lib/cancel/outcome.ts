/** How a cancel can end. `ignored` is for events only: the event does not ask for a cancel. */
export const OUTCOMES = ['cancelled', 'not_queued', 'not_found', 'unknown', 'failed', 'ignored'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Whether nothing is left to do: the same request again would change nothing. */
export function isDone(outcome: Outcome): boolean {
  return outcome !== 'failed' && outcome !== 'unknown';
}

/** VOD's `transcode_status` of an asset (VOD API reference, AssetSummary). It has no value for "cancelled". */
export const TRANSCODE_STATUSES = [
  'UN_TRANSCODE',
  'WAITING_TRANSCODE',
  'TRANSCODING',
  'TRANSCODE_SUCCEED',
  'TRANSCODE_FAILED',
] as const;

export type TranscodeStatus = (typeof TRANSCODE_STATUSES)[number];
