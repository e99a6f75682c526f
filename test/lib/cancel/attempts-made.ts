import type { AssetStatus, Attempt, Verdict } from '../../../lib/cancel/vod-port.ts';

const CODES = {
  not_queued: 'VOD.10083',
  not_found: 'VOD.10062',
  lost: 'VOD_TIMEOUT',
  vod_internal: 'VOD.10051',
  throttled: 'APIGW.0308',
  refused: 'APIGW.0301',
  unreachable: 'VOD_UNREACHABLE',
  untrusted: 'VOD_UNREACHABLE',
  undocumented: 'VOD_BAD_RESPONSE',
  undocumented_retryable: 'VOD_BAD_RESPONSE',
  vod_error: 'VOD.10053',
} as const satisfies Record<Exclude<Verdict, 'cancelled'>, string>;

/** An attempt that ended in this verdict, with an error code that fits. */
export const attempt = (verdict: Verdict): Attempt =>
  verdict === 'cancelled' ? { verdict } : { verdict, error: { code: CODES[verdict], message: 'm' } };

/** What a status read can find. */
export const READS: Readonly<Record<string, AssetStatus | undefined>> = {
  UN_TRANSCODE: { transcodeStatus: 'UN_TRANSCODE', uploading: false },
  'UN_TRANSCODE and CREATING': { transcodeStatus: 'UN_TRANSCODE', uploading: true },
  WAITING_TRANSCODE: { transcodeStatus: 'WAITING_TRANSCODE', uploading: false },
  TRANSCODING: { transcodeStatus: 'TRANSCODING', uploading: false },
  TRANSCODE_SUCCEED: { transcodeStatus: 'TRANSCODE_SUCCEED', uploading: false },
  TRANSCODE_FAILED: { transcodeStatus: 'TRANSCODE_FAILED', uploading: false },
  unreadable: undefined,
};
