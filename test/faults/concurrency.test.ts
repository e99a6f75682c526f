import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordedCall } from '../../local/vod/calls.ts';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import type { Fault } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { JOBS, type Job, jobOf, KEYS, type Key, type Kind } from './jobs.ts';

useVirtualTime();

let vods: readonly [VodStandIn, VodStandIn];
let lines: ConsoleLines;

/** Answers each asset's calls by its own script. */
function dispatcher(): Fault {
  const met = new Map<string, number>();
  return async (exchange) => {
    const { assetId = '', operation } = exchange.call;
    const turn = met.get(assetId) ?? 0;
    if (operation === 'cancel') met.set(assetId, turn + 1);
    const fault = operation === 'cancel' ? jobOf.get(assetId)?.kind.faults[turn] : undefined;
    if (fault !== undefined) return fault(exchange);
    exchange.send(await exchange.proceed());
  };
}

async function startVod(keys: readonly Key[]): Promise<VodStandIn> {
  return startVodStandIn({
    accounts: keys.map((key) => ({ ...key, projectId: PROJECT_ID })),
    callsPerMinute: Number.POSITIVE_INFINITY,
  });
}

beforeAll(async () => {
  vods = [await startVod(KEYS[0]), await startVod(KEYS[1])];
});

afterAll(() => Promise.all(vods.map((vod) => vod.close())));

beforeEach(() => {
  lines = captureConsole();
  for (const vod of vods) {
    vod.clearFaults();
    vod.resetCalls();
    vod.inject(dispatcher(), { on: 'any', times: Number.POSITIVE_INFINITY });
  }
  for (const { assetId, kind, vod } of JOBS) {
    if (kind.asset !== 'none') vods[vod].assets.put(assetId, { transcodeStatus: kind.asset });
  }
});

afterEach(() => {
  for (const secret of ['AK-EXAMPLE', 'SK-EXAMPLE', 'TOKEN-EXAMPLE', 'SDK-HMAC-SHA256']) {
    expect(lines.text()).not.toContain(secret);
  }
  vi.restoreAllMocks();
});

/** Permanent keys stand in the settings, temporary ones come from the agency, as they do on the platform. */
function contextOf({ kind, vod, key, requestId }: Job) {
  const own = { VOD_CALLS_PER_MINUTE: '1000000', VOD_ATTEMPT_TIMEOUT_MS: '15000', ...kind.settings };
  const { HUAWEICLOUD_SDK_AK: _ak, HUAWEICLOUD_SDK_SK: _sk, ...rest } = settingsFor(vods[vod].origin, own);
  const settings = { ...rest, HUAWEICLOUD_SDK_AK: key.ak, HUAWEICLOUD_SDK_SK: key.sk };
  const { securityToken } = key;
  const remainingMs = kind.remainingMs ?? 20_000;
  return securityToken === undefined
    ? functionGraphContext({ settings, requestId, remainingMs })
    : functionGraphContext({ settings: rest, agency: { ...key, securityToken }, requestId, remainingMs });
}

const callsAbout = ({ assetId }: Job, vod: VodStandIn): readonly RecordedCall[] =>
  vod.calls.filter((call) => call.assetId === assetId);

describe('many invocations at once, in one process', () => {
  it('never mix: each answer is that of its own VOD, each signature that of its own key', async () => {
    const { handler } = freshBundle('cancel-http');
    const responses = await Promise.all(
      JOBS.map((job) => handler(apigEvent({ path: { asset_id: job.assetId } }), contextOf(job))),
    );

    for (const [i, job] of JOBS.entries()) {
      const response = responses[i] as { statusCode: number; body: string };
      const result = JSON.parse(response.body);
      const seen = [response.statusCode, result.outcome, result.error?.code, result.attempts];
      expect([job.kind.name, ...seen]).toEqual([job.kind.name, ...job.kind.expected]);
      expect([result.asset_id, result.request_id]).toEqual([job.assetId, job.requestId]);

      const own = callsAbout(job, vods[job.vod]);
      expect(callsAbout(job, vods[job.vod === 0 ? 1 : 0])).toEqual([]);
      expect(own.filter(({ operation }) => operation === 'cancel')).toHaveLength(job.kind.cancels);
      for (const { headers } of own) {
        expect(headers['authorization']).toContain(`Access=${job.key.ak},`);
        expect(headers['x-security-token']).toBe(job.key.securityToken);
      }
    }
    expect(lines.records()).toHaveLength(JOBS.length);
  });

  it('nor do events: each of many assets gets its own result, under its own key', async () => {
    const { handler } = freshBundle('cancel-superseded');
    const batches = [0, 1].flatMap((vod) =>
      KEYS[vod === 0 ? 0 : 1].map((key) => JOBS.filter((job) => job.vod === vod && job.key.ak === key.ak)),
    );
    await Promise.all(
      batches.map(async ([first, ...others]) => {
        if (first === undefined) throw new Error('a key without a job');
        const all = [first, ...others].filter(({ kind }) => kind.asset !== 'none' && kind.faults.length === 0);
        const kind: Kind = { ...first.kind, remainingMs: 20_000, settings: {} };
        const reply = await handler({ asset_ids: all.map(({ assetId }) => assetId) }, contextOf({ ...first, kind }));
        expect(reply).toMatchObject({
          results: all.map((job) => ({
            asset_id: job.assetId,
            outcome: job.kind.asset === 'TRANSCODING' ? 'not_queued' : 'cancelled',
            request_id: first.requestId,
          })),
        });
        const own = all.flatMap((job) => callsAbout(job, vods[first.vod]));
        for (const { headers } of own) expect(headers['authorization']).toContain(`Access=${first.key.ak},`);
        expect(own.length).toBeGreaterThanOrEqual(all.length);
      }),
    );
  });
});
