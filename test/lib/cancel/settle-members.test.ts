import { describe, expect, it } from 'vitest';
import { openQuestion, settle } from '../../../lib/cancel/settle.ts';
import type { Verdict } from '../../../lib/cancel/vod-port.ts';
import { attempt, READS } from './attempts-made.ts';

describe('what the conclusion carries', () => {
  it.each(['throttled', 'unreachable', 'untrusted', 'refused', 'vod_error'] as const)(
    'does not say that nothing was cancelled where an attempt before "%s" is in doubt',
    (verdict) => {
      expect(settle([attempt('vod_internal'), attempt(verdict)], undefined).detail).toContain('may have cancelled');
      expect(settle([attempt(verdict)], undefined).detail).toBeUndefined();
    },
  );

  it('may have cancelled the task by any attempt that is in doubt, not only the one before the last', () => {
    const { detail } = settle([attempt('vod_internal'), attempt('throttled'), attempt('unreachable')], undefined);
    expect(detail).toContain('may have cancelled');
  });

  it.each<readonly [Verdict[], string]>([
    [['lost', 'not_queued'], 'VOD.10083'],
    [['lost', 'vod_internal'], 'VOD_TIMEOUT'],
    [['lost', 'throttled', 'unreachable'], 'VOD_TIMEOUT'],
    [['throttled'], 'APIGW.0308'],
    [['vod_internal', 'vod_internal', 'throttled'], 'APIGW.0308'],
    [['lost', 'not_found'], 'VOD.10062'],
  ])('after %j has the error %s: that of the lost answer if it is the question, else of the last one', (all, code) => {
    expect(settle(all.map(attempt), READS['unreadable']).error?.code).toBe(code);
  });

  it('has no error when it was cancelled, be it inferred', () => {
    expect(settle([attempt('cancelled')], undefined).error).toBeUndefined();
    expect(settle([attempt('lost')], READS['UN_TRANSCODE']).error).toBeUndefined();
  });

  it("keeps the id of VOD's last answer, also when no answer followed it", () => {
    const answered = { ...attempt('vod_internal'), vodRequestId: 'a1' };
    expect(settle([answered, attempt('lost')], undefined).vodRequestId).toBe('a1');
    expect(settle([answered, attempt('throttled')], undefined).vodRequestId).toBeUndefined();
  });

  it.each([
    ['UN_TRANSCODE', /cancelled before.*none/],
    ['TRANSCODING', /running/],
    ['TRANSCODE_SUCCEED', /done/],
    ['TRANSCODE_FAILED', /failed/],
  ])('says in words what the status %s means for a task that is not queued', (name, words) => {
    expect(settle([attempt('not_queued')], READS[name]).detail).toMatch(words);
  });

  it.each(['WAITING_TRANSCODE', 'UN_TRANSCODE and CREATING'])(
    'says that a lost cancel may still take effect where the status read finds the task waiting: %s',
    (name) => {
      const { reason, detail } = settle([attempt('lost')], READS[name]);
      expect(reason).toBe('unsettled');
      expect(detail).toMatch(/still waits.*may take effect later/);
    },
  );

  it('has no exact sentence where the status could not be read', () => {
    for (const verdicts of [['lost'], ['not_queued'], ['lost', 'not_queued']] as const) {
      expect(settle(verdicts.map(attempt), READS['unreadable']).detail).toBeUndefined();
    }
  });

  it.each([undefined, 0, 1_001])('has a Retry-After of %s ms', (retryAfterMs) => {
    expect(settle([{ ...attempt('throttled'), retryAfterMs }], undefined)).toMatchObject({
      reason: 'throttled',
      retryAfterMs,
    });
  });

  it('has the status that was read', () => {
    expect(settle([attempt('not_queued')], READS['TRANSCODING']).transcodeStatus).toBe('TRANSCODING');
    expect(settle([attempt('not_queued')], undefined).transcodeStatus).toBeUndefined();
  });

  it('needs an attempt', () => {
    expect(openQuestion([])).toBeUndefined();
    expect(() => settle([], undefined)).toThrow(new TypeError('settle needs an attempt'));
  });
});
