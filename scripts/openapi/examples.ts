import { type Conclusion, ownError, toCancelResult } from '../../lib/cancel/conclusion.ts';
import { concludeError, Failure } from '../../lib/cancel/failure.ts';
import { settle } from '../../lib/cancel/settle.ts';
import type { AssetStatus, Attempt } from '../../lib/cancel/vod-port.ts';
import type { PROBLEMS } from '../../lib/http/problems.ts';
import { toHttpResponse } from '../../lib/http/response.ts';
import { classifyAnswer } from '../../lib/vod/classify.ts';

/** The reasons of an HTTP answer. `ignored` is for events. */
export type HttpReason = keyof typeof PROBLEMS | 'cancelled' | 'cancelled_inferred';

export const EXAMPLE_ASSET_ID = '850883081a2e7255715ef81ae7c34338';

const REQUEST_ID = '11cdcdcf33949dc6d722640a13091c77';
const VOD_REQUEST_ID = 'f2a1c07e5b6d4e0f9a3b8c7d6e5f4a3b';

/** An attempt as the code reads it from what VOD sends. */
function answered(status: number, code?: string, more: Readonly<Record<string, string>> = {}): Attempt {
  const body = code === undefined ? '' : JSON.stringify({ error_code: code });
  return classifyAnswer({ status, headers: { 'x-request-id': VOD_REQUEST_ID, ...more }, body }, 0, []);
}

const LOST: Attempt = { verdict: 'lost', error: ownError('VOD_TIMEOUT') };
const UNREACHABLE: Attempt = {
  verdict: 'unreachable',
  error: { ...ownError('VOD_UNREACHABLE'), cause: 'ECONNREFUSED' },
};
const UNTRUSTED: Attempt = {
  verdict: 'untrusted',
  error: { ...ownError('VOD_UNREACHABLE'), cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
};

const read = (transcodeStatus: AssetStatus['transcodeStatus'], uploading = false): AssetStatus => ({
  transcodeStatus,
  uploading,
});

const failed = (...parameters: ConstructorParameters<typeof Failure>): Conclusion =>
  concludeError(new Failure(...parameters));

/** One example of each reason, computed by the code of the functions. */
const CONCLUSIONS: Readonly<Record<HttpReason, Conclusion>> = {
  cancelled: settle([answered(204)], undefined),
  cancelled_inferred: settle([answered(504, 'APIGW.0201'), answered(400, 'VOD.10083')], read('UN_TRANSCODE')),
  not_queued: settle([answered(400, 'VOD.10083')], read('TRANSCODING')),
  not_queued_after_doubt: settle([answered(500, 'VOD.10051'), answered(400, 'VOD.10083')], read('TRANSCODING')),
  too_early: settle([answered(400, 'VOD.10083')], read('UN_TRANSCODE', true)),
  not_found: settle([answered(403, 'VOD.10062')], undefined),
  missing_asset_id: failed('missing_asset_id'),
  invalid_asset_id: failed('invalid_asset_id'),
  conflicting_asset_id: failed('conflicting_asset_id'),
  invalid_body: failed('invalid_body'),
  unsupported_event: failed('unsupported_event'),
  method_not_allowed: failed('method_not_allowed'),
  body_too_large: failed('body_too_large'),
  throttled: settle([answered(429, 'APIGW.0308'), answered(429, 'APIGW.0308')], undefined),
  pace_limit: failed('pace_limit'),
  key_paused: failed('key_paused'),
  vod_internal: settle(
    [1, 2, 3].map(() => answered(500, 'VOD.10051')),
    undefined,
  ),
  unavailable: settle([answered(503, 'APIGW.0613', { 'retry-after': '3600' })], undefined),
  unreachable: settle([UNREACHABLE, UNREACHABLE, UNREACHABLE], undefined),
  untrusted: settle([UNTRUSTED], undefined),
  refused: settle([answered(403, 'VOD.10074')], undefined),
  clock_off: settle([answered(401, 'APIGW.0301', { date: 'Thu, 01 Jan 2026 00:00:00 GMT' })], undefined),
  vod_error: settle([answered(400, 'VOD.10053')], undefined),
  undocumented: settle([answered(404)], undefined),
  undocumented_retryable: settle([answered(200)], undefined),
  unsettled: settle([LOST, LOST, LOST], undefined),
  deadline: failed('deadline'),
  config: failed('config', {
    detail: 'The function is not configured: VOD_MAX_ATTEMPTS must be a whole number from 1 to 10.',
  }),
  config_unavailable: failed('config_unavailable', {
    detail: 'The secret that VOD_CREDENTIALS_SECRET names could not be read at the moment; VOD was not called.',
  }),
  internal: concludeError(new TypeError('never shown')),
};

/** Reasons without a valid id, so the answer has none. */
const WITHOUT_ID: ReadonlySet<string> = new Set([
  'missing_asset_id',
  'invalid_asset_id',
  'conflicting_asset_id',
  'invalid_body',
  'unsupported_event',
  'method_not_allowed',
  'body_too_large',
  'config',
]);

/** An answer as an example. */
export interface ExampleAnswer {
  readonly reason: HttpReason;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One answer for each reason, in the order of the table above. */
export const EXAMPLES: readonly ExampleAnswer[] = Object.values(CONCLUSIONS).map((conclusion) => {
  const assetId = WITHOUT_ID.has(conclusion.reason) ? null : EXAMPLE_ASSET_ID;
  const response = toHttpResponse(conclusion, toCancelResult(conclusion, assetId, REQUEST_ID), false);
  const body = JSON.parse(response.body) as Record<string, unknown>;
  return { reason: conclusion.reason as HttpReason, status: response.statusCode, body };
});
