import { describe, expect, it } from 'vitest';
import { type Conclusion, toCancelResult } from '../../../lib/cancel/conclusion.ts';
import { REASONS, type Reason } from '../../../lib/cancel/reasons.ts';

const keysOf = (conclusion: Conclusion): readonly string[] => Object.keys(toCancelResult(conclusion, 'a', 'r'));

describe('a result', () => {
  it('says that it was inferred where a status read settled a doubt, and only there', () => {
    const inferred = (Object.keys(REASONS) as Reason[]).filter((reason) =>
      keysOf({ reason, attempts: 1 }).includes('inferred'),
    );
    expect(inferred).toEqual(['cancelled_inferred', 'not_queued_after_doubt']);
    expect(toCancelResult({ reason: 'cancelled_inferred', attempts: 2 }, 'a', 'r').inferred).toBe(true);
  });

  it('has the members that are known, and no others', () => {
    const error = { code: 'VOD.10083', message: 'm' };
    expect(
      keysOf({ reason: 'not_queued', attempts: 1, error, transcodeStatus: 'TRANSCODING', vodRequestId: 'v' }),
    ).toEqual([
      'asset_id',
      'outcome',
      'retryable',
      'detail',
      'attempts',
      'request_id',
      'transcode_status',
      'error',
      'vod_request_id',
    ]);
  });

  it('has no member that is undefined', () => {
    expect(keysOf({ reason: 'cancelled', attempts: 1, error: undefined, vodRequestId: undefined })).toEqual([
      'asset_id',
      'outcome',
      'retryable',
      'detail',
      'attempts',
      'request_id',
    ]);
  });

  it('says the exact sentence where there is one', () => {
    expect(toCancelResult({ reason: 'not_queued', attempts: 1, detail: 'So.' }, 'a', 'r').detail).toBe('So.');
  });
});
