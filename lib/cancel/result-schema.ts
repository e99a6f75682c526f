import * as v from 'valibot';
import { OUTCOMES, TRANSCODE_STATUSES } from './outcome.ts';

/** An error as callers see it: the code is VOD's own or one of ours, the message always comes from our tables. */
export const ErrorInfoSchema = v.strictObject({
  code: v.string(),
  message: v.string(),
  cause: v.optional(
    v.pipe(
      v.string(),
      v.description(
        'Why a call to VOD failed: a code of the operating system or of Node.js, such as ECONNREFUSED or CERT_HAS_EXPIRED.',
      ),
    ),
  ),
});

/** The result of every cancel: the same JSON in an HTTP body, an event's return value and the log. */
export const CancelResultSchema = v.strictObject({
  asset_id: v.pipe(
    v.nullable(v.string()),
    v.description('The asset id; null if the request or message has no valid one.'),
  ),
  outcome: v.picklist(OUTCOMES),
  retryable: v.pipe(v.boolean(), v.description('The same request may succeed later.')),
  detail: v.pipe(v.string(), v.description('One English sentence for a person.')),
  transcode_status: v.optional(
    v.pipe(v.picklist(TRANSCODE_STATUSES), v.description("VOD's transcode_status of the asset, if it was read.")),
  ),
  inferred: v.optional(
    v.pipe(
      v.literal(true),
      v.description('The answer to a cancel was lost or doubtful, and the outcome was concluded from a status read.'),
    ),
  ),
  error: v.optional(ErrorInfoSchema),
  attempts: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.description('The number of cancel calls, including calls whose connection could not be opened.'),
  ),
  request_id: v.pipe(
    v.string(),
    v.description('The invocation id of the host, or a random UUID if the host has none.'),
  ),
  vod_request_id: v.optional(v.pipe(v.string(), v.description("x-request-id of VOD's last answer to the cancel."))),
});
