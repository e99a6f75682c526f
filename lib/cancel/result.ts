import type { InferOutput } from 'valibot';
import type { CancelResultSchema, ErrorInfoSchema } from './result-schema.ts';

/** How a cancel can end. `ignored` is for events only: an event that asks for nothing of us. */
export const OUTCOMES = ['cancelled', 'not_queued', 'not_found', 'unknown', 'failed', 'ignored'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Whether nothing is left to do: asking again would change nothing. */
export function isDone(outcome: Outcome): boolean {
  return outcome !== 'failed' && outcome !== 'unknown';
}

/** VOD's `transcode_status` of an asset; there is no "cancelled" among them (facts of the VOD API, AssetSummary). */
export const TRANSCODE_STATUSES = [
  'UN_TRANSCODE',
  'WAITING_TRANSCODE',
  'TRANSCODING',
  'TRANSCODE_SUCCEED',
  'TRANSCODE_FAILED',
] as const;

export type TranscodeStatus = (typeof TRANSCODE_STATUSES)[number];

/** An error as callers see it. */
export type ErrorInfo = Readonly<InferOutput<typeof ErrorInfoSchema>>;

/** What every cancel ends in. */
export type CancelResult = Readonly<InferOutput<typeof CancelResultSchema>>;
