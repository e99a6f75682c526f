import { describe, expect, it } from 'vitest';
import { errorAnswer, unauthorized } from '../../local/vod/answers.ts';
import { functionGraphContext, settingsFor } from '../helpers/contexts.ts';
import { FAULTS } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { resetAfterHead, truncated } from '../helpers/wire-faults.ts';
import { type Response, useCancelHttp } from './cancel-http.ts';

useVirtualTime();

const { bundle, call, cancels, context, reads, vod } = await useCancelHttp();

describe('a network that fails', () => {
  it('refused: nothing was sent', async () => {
    const settings = settingsFor('http://127.0.0.1:9');
    const { status, result } = await call(
      apigEvent(),
      functionGraphContext({ settings: { ...settings, VOD_MAX_ATTEMPTS: '1' } }),
    );
    expect([status, result.outcome, result.retryable, result.error.code, result.attempts]).toEqual([
      502,
      'failed',
      true,
      'VOD_UNREACHABLE',
      1,
    ]);
  });

  it.each([
    ['hang', 'VOD_TIMEOUT'],
    ['hang-mid-body', 'VOD_TIMEOUT'],
    ['drip', 'VOD_TIMEOUT'],
    ['reset-before-read', 'VOD_CONNECTION_LOST'],
    ['reset-after-headers', 'VOD_CONNECTION_LOST'],
    ['truncated-body', 'VOD_CONNECTION_LOST'],
  ] as const)('%s, and the status read cannot settle it: unknown', async (fault, code) => {
    vod.inject(FAULTS[fault]);
    const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
    expect([status, result.outcome, result.retryable, result.error.code]).toEqual([504, 'unknown', true, code]);
    expect(result.transcode_status).toBe('WAITING_TRANSCODE');
    expect([cancels(), reads()]).toEqual([1, 1]);
  });

  it.each(['applied-no-answer', 'applied-reset'] as const)(
    '%s: the status read tells that it was done',
    async (fault) => {
      vod.inject(FAULTS[fault]);
      const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
      expect([status, result.outcome, result.transcode_status]).toEqual([200, 'cancelled', 'UN_TRANSCODE']);
      expect(result.detail).toContain('inferred from the status read');
    },
  );

  it('is unknown if the status read is lost too', async () => {
    vod.inject('hang', { on: 'any', times: 2 });
    const { status, result } = await call(apigEvent(), context({ VOD_ATTEMPT_TIMEOUT_MS: '1000' }));
    expect([status, result.outcome]).toEqual([504, 'unknown']);
    expect(result).not.toHaveProperty('transcode_status');
  });

  it('pauses the key where its head was a 401', async () => {
    vod.inject(resetAfterHead(unauthorized('verify aksk signature fail')), { times: 3 });
    const { status, result } = await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '3' }));
    expect([status, result.outcome, result.error.code, result.attempts]).toEqual([
      504,
      'unknown',
      'VOD_CONNECTION_LOST',
      1,
    ]);
    const next = (await bundle().handler(apigEvent(), context())) as Response;
    expect(JSON.parse(next.body)).toMatchObject({ status: 503, error: { code: 'CREDENTIALS_REFUSED_RECENTLY' } });
    expect([cancels(), reads()]).toEqual([1, 0]);
  });

  it('binds the process where its head has a Retry-After', async () => {
    vod.inject(truncated(errorAnswer(429, 'APIGW.0308', undefined, { 'retry-after': '120' })), { times: 3 });
    const { result } = await call(apigEvent(), context({ VOD_MAX_ATTEMPTS: '3' }));
    expect([result.outcome, result.attempts]).toEqual(['unknown', 1]);
    const next = (await bundle().handler(apigEvent(), context())) as Response;
    expect(JSON.parse(next.body)).toMatchObject({ status: 503, error: { code: 'PACE_LIMIT' } });
    expect(cancels()).toBe(1);
  });
});

describe('the deadline', () => {
  it('leaves no time: no call is made', async () => {
    const { status, result } = await call(apigEvent(), context({}, 500));
    expect([status, result.outcome, result.retryable, result.error.code, result.attempts]).toEqual([
      504,
      'failed',
      true,
      'DEADLINE',
      0,
    ]);
    expect(vod.calls).toEqual([]);
  });

  it('cuts an attempt short', async () => {
    vod.inject('hang', { on: 'any', times: 2 });
    const startedAt = performance.now();
    const { result } = await call(apigEvent(), context({ VOD_DEADLINE_RESERVE_MS: '100' }, 700));
    expect(result).toMatchObject({ outcome: 'unknown', error: { code: 'VOD_TIMEOUT' } });
    // Not a matter of speed: the host kills what is not back by then.
    expect(performance.now() - startedAt).toBeLessThan(700);
  });
});
