import { describe, expect, it } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { ASSET_ID, functionGraphContext, settingsFor } from '../helpers/contexts.ts';
import { useLogLines } from './log-lines.ts';

const { cancel, debugLines, lines, vod } = await useLogLines();

const calls = () => debugLines().filter((line) => 'call' in line);

describe('at debug', () => {
  it('each call to VOD has a line, with what it waited for', async () => {
    vod.inject('error-503');
    await cancel();
    expect(calls()).toEqual([
      expect.objectContaining({
        message: 'call to VOD: cancel',
        asset_id: ASSET_ID,
        call: 'cancel',
        attempt: 1,
        verdict: 'vod_internal',
        status: 503,
        reused: false,
      }),
      expect.objectContaining({ call: 'cancel', attempt: 2, verdict: 'cancelled', status: 204, reused: true }),
    ]);
    const result = lines().records().at(-1);
    for (const line of calls()) {
      expect(line).toMatchObject({ request_id: result?.['request_id'], duration_ms: expect.any(Number) });
      expect(line).toHaveProperty('vod_request_id');
    }
    // Each is rounded by itself. On a busy machine the first call may have waited as well.
    const waited = calls().reduce((sum, line) => sum + Number(line['waited_ms'] ?? 0), 0);
    expect(Math.abs(waited - Number(result?.['waited_ms']))).toBeLessThanOrEqual(2);
  });

  it('a refusal has its code, and a status read its own line, as attempt 1', async () => {
    vod.assets.put(ASSET_ID, { transcodeStatus: 'TRANSCODING' });
    await cancel();
    expect(calls()).toEqual([
      expect.objectContaining({ call: 'cancel', attempt: 1, verdict: 'not_queued', code: 'VOD.10083' }),
      expect.objectContaining({ call: 'status', attempt: 1, verdict: 'read', status: 200 }),
    ]);
    expect(calls()[1]).not.toHaveProperty('code');
  });

  it('a status read that VOD forbids has its code', async () => {
    vod.inject('not-queued-400');
    vod.inject('forbidden-10074', { on: 'list' });
    await cancel();
    expect(calls().at(-1)).toMatchObject({ call: 'status', verdict: 'refused', code: 'VOD.10074' });
  });

  it('a connection that fails has the cause, and no status', async () => {
    await cancel({ VOD_ENDPOINT: 'http://127.0.0.1:1', VOD_MAX_ATTEMPTS: '1' });
    expect(calls()).toMatchObject([{ verdict: 'unreachable', code: 'VOD_UNREACHABLE', cause: 'ECONNREFUSED' }]);
    expect(calls()[0]).not.toHaveProperty('status');
  });
});

describe('above debug', () => {
  it('a cancel that waited for its retry says how long, and none says 0', async () => {
    vod.inject('error-503', { times: 2 });
    await cancel({ LOG_LEVEL: 'info' });
    await cancel({ LOG_LEVEL: 'info' });
    const [waited, straight] = lines().records();
    expect(Number(waited?.['waited_ms'])).toBeGreaterThan(0);
    expect(Number(waited?.['waited_ms'])).toBeLessThanOrEqual(Number(waited?.['duration_ms']));
    expect(straight?.['waited_ms']).not.toBe(0);
  });

  it('a cancel that waited for its turn or its retry says so in the line of an event too', async () => {
    const settings = settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '10000' });
    const ids = Array.from({ length: 3 }, (_, index) => String(index).repeat(32));
    vod.inject('error-503', { times: 2 });
    await freshBundle('cancel-superseded')
      .handler({ asset_ids: ids }, functionGraphContext({ settings }))
      .catch(() => undefined);
    const waited = lines()
      .records()
      .filter((line) => 'outcome' in line);
    expect(waited.some((line) => Number(line['waited_ms']) > 0)).toBe(true);
  });
});
