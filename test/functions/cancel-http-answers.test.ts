import { describe, expect, it } from 'vitest';
import { startVodStandIn } from '../../local/vod/stand-in.ts';
import { ASSET_ID, KEY } from '../helpers/contexts.ts';
import { FAULTS } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { type Response, useCancelHttp } from './cancel-http.ts';

useVirtualTime();

const { bundle, call, cancels, context, lines, reads, vod } = await useCancelHttp();

describe("VOD's answers", () => {
  it.each([
    ['not-queued-400', 409, 'not_queued', false, 'VOD.10083'],
    ['not-queued-403', 409, 'not_queued', false, 'VOD.10083'],
    ['not-found-400', 404, 'not_found', false, 'VOD.10062'],
    ['not-found-403', 404, 'not_found', false, 'VOD.10062'],
    ['not-found-404', 404, 'not_found', false, 'VOD.10062'],
    ['throttled', 503, 'failed', true, 'APIGW.0308'],
    ['error-500', 502, 'failed', true, 'VOD.10051'],
    ['error-502', 502, 'failed', true, 'APIGW.0610'],
    ['error-503', 502, 'failed', true, 'APIGW.0613'],
    ['error-504', 502, 'failed', true, 'APIGW.0201'],
    ['internal-403', 502, 'failed', true, 'VOD.10051'],
    ['unauthorized-echo', 502, 'failed', false, 'APIGW.0301'],
    ['forbidden-10074', 502, 'failed', false, 'VOD.10074'],
    ['ok-200', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['redirect-301', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['redirect-307', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['html-error', 502, 'failed', true, 'VOD_BAD_RESPONSE'],
    ['html-403', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['json-null', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['json-array', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['empty-400', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['empty-404', 502, 'failed', false, 'VOD_BAD_RESPONSE'],
    ['no-content-with-body', 200, 'cancelled', false, undefined],
  ] as const)('%s is %i %s', async (fault, status, outcome, retryable, code) => {
    if (outcome === 'not_queued') vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
    vod.inject(FAULTS[fault]);
    const answer = await call(apigEvent());
    expect(answer.status).toBe(status);
    expect(answer.result).toMatchObject({ outcome, retryable, attempts: 1 });
    expect(answer.result.error?.code).toBe(code);
    expect(answer.response.body).not.toContain(KEY.ak);
    expect(cancels()).toBe(1);
    expect(lines().records()[0]).toMatchObject({ level: status < 500 ? 'INFO' : retryable ? 'WARN' : 'ERROR' });
  });

  it('says for how long to stay away when VOD does, an hour at most', async () => {
    vod.inject('throttled-retry-after');
    expect((await call(apigEvent())).headers['retry-after']).toBe('1');
  });

  it('reads 64 KiB of a body and no more', async () => {
    vod.inject(FAULTS['huge-body']);
    const { result } = await call(apigEvent());
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'VOD_BAD_RESPONSE' } });
  });

  it('sends nothing to where a redirect points', async () => {
    const other = await startVodStandIn({ accounts: [] });
    const { redirectTo } = await import('../helpers/faults.ts');
    vod.inject(redirectTo(307, `${other.origin}/v1.0/stolen`));
    await call(apigEvent());
    expect(other.calls).toEqual([]);
    await other.close();
  });
});

describe('an asset in each state', () => {
  it.each([
    ['TRANSCODING', 'PUBLISHED', 409, 'not_queued'],
    ['TRANSCODE_SUCCEED', 'CREATED', 409, 'not_queued'],
    ['TRANSCODE_FAILED', 'CREATED', 409, 'not_queued'],
    ['UN_TRANSCODE', 'CREATED', 409, 'not_queued'],
    ['UN_TRANSCODE', 'CREATING', 503, 'failed'],
  ] as const)('%s and %s is %i %s', async (transcodeStatus, assetStatus, status, outcome) => {
    vod.assets.put(ASSET_ID, { transcodeStatus, assetStatus });
    const answer = await call(apigEvent());
    expect(answer.status).toBe(status);
    expect(answer.result).toMatchObject({ outcome, transcode_status: transcodeStatus, error: { code: 'VOD.10083' } });
    if (status === 503) expect([answer.result.retryable, answer.headers['retry-after']]).toEqual([true, '60']);
    expect([cancels(), reads()]).toEqual([1, 1]);
  });

  it('VOD.10083 on a waiting task is too early, not too late', async () => {
    vod.inject('not-queued-400');
    const { status, result } = await call(apigEvent());
    expect([status, result.retryable, result.transcode_status]).toEqual([503, true, 'WAITING_TRANSCODE']);
  });

  it.each(['list-forbidden', 'list-empty', 'list-other-asset', 'list-unknown-status'] as const)(
    'not queued stands when the status read meets %s',
    async (fault) => {
      vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
      vod.inject(FAULTS[fault]);
      const { status, result } = await call(apigEvent());
      expect(status).toBe(409);
      expect(result).not.toHaveProperty('transcode_status');
    },
  );

  it('an asset VOD does not know is not found', async () => {
    const { status, result } = await call(apigEvent({ path: { asset_id: 'f'.repeat(32) } }));
    expect([status, result.outcome, result.asset_id]).toEqual([404, 'not_found', 'f'.repeat(32)]);
  });

  it('a second cancel finds nothing queued', async () => {
    await bundle().handler(apigEvent(), context());
    const second = (await bundle().handler(apigEvent(), context())) as Response;
    expect(second.statusCode).toBe(409);
  });
});
