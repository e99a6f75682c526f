import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { seeded } from '../../../bench/seeded.ts';
import { startVodStandIn } from '../../../local/vod/stand-in.ts';
import { freshBundle } from '../../helpers/bundle.ts';
import { captureConsole } from '../../helpers/console-lines.ts';
import { functionGraphContext, KEY, PROJECT_ID, settingsFor } from '../../helpers/contexts.ts';
import { FAULTS, type FaultName } from '../../helpers/faults.ts';
import { runs } from '../../helpers/properties.ts';
import { useVirtualTime } from '../../helpers/virtual-time.ts';
import { brokenBy } from './invariants.ts';
import { runScript } from './run-script.ts';
import { script } from './script.ts';

useVirtualTime();

const rejections: unknown[] = [];
const note = (reason: unknown): void => {
  rejections.push(reason);
};

beforeAll(() => {
  process.on('unhandledRejection', note);
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(rejections).toEqual([]);
});

afterAll(() => {
  process.off('unhandledRejection', note);
});

/** Scripts wait more than they work, so several run at a time; one that fails is found alone by the shrinking. */
const AT_ONCE = 16;

it('any script of faults keeps every rule', async () => {
  const batch = fc.array(script, { minLength: 1, maxLength: AT_ONCE, size: 'max' });
  await fc.assert(
    fc.asyncProperty(batch, async (scripts) => {
      const runs = await Promise.all(scripts.map(runScript));
      expect(runs.flatMap(brokenBy)).toEqual([]);
    }),
    { numRuns: runs(16) },
  );
});

/** Faults that are over at once, so that no timeout, which is a matter of real time, has a say. */
const INSTANT = (Object.keys(FAULTS) as FaultName[]).filter(
  (name) => !/hang|drip|slow|no-answer|huge|throttled|retry-after/.test(name),
);

const ASSETS = ['a', 'b', 'c', 'd', 'e'].map((digit) => digit.repeat(32));

/** Puts one event with several assets through a fresh process. @returns all that an outsider could tell it by */
async function observeEvent(faults: readonly FaultName[], seed: number): Promise<unknown> {
  const vod = await startVodStandIn({ accounts: [{ ...KEY, projectId: PROJECT_ID }], callsPerMinute: 1_000 });
  const lines = captureConsole();
  vi.spyOn(Math, 'random').mockImplementation(seeded(seed));
  try {
    for (const id of ASSETS) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    for (const fault of faults) vod.inject(FAULTS[fault]);
    const settings = settingsFor(vod.origin, {
      HUAWEICLOUD_SDK_SECURITY_TOKEN: KEY.securityToken,
      VOD_CONCURRENCY: '1',
      VOD_ATTEMPT_TIMEOUT_MS: '20000',
      VOD_CALLS_PER_MINUTE: '1000',
    });
    const context = functionGraphContext({ settings, remainingMs: 60_000 });
    const answer = await freshBundle('cancel-superseded')
      .handler({ asset_ids: ASSETS }, context)
      .catch((error: unknown) => String(error));
    const calls = vod.calls.map(({ operation, assetId, status, code, applied }) => ({
      operation,
      assetId,
      status,
      code,
      applied,
    }));
    // What differs by nature: the time, and the ids that VOD gives its answers.
    const printed = lines.records().map(({ timestamp: _t, duration_ms: _d, vod_request_id: _v, ...rest }) => rest);
    const told = JSON.stringify(answer).replace(/"vod_request_id":"\w+"/g, '');
    return { told, printed, calls };
  } finally {
    vi.restoreAllMocks();
    await vod.close();
  }
}

describe('the same faults and the same random seed', () => {
  it('give the same answer, by the same calls in the same order, and print the same lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...INSTANT), { maxLength: 6 }), fc.nat(), async (faults, seed) => {
        expect(await observeEvent(faults, seed)).toEqual(await observeEvent(faults, seed));
      }),
      { numRuns: runs(12) },
    );
  });

  it('and another seed another order of calls', async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 5; seed += 1) orders.add(JSON.stringify(await observeEvent([], seed)));
    expect(orders.size).toBeGreaterThan(1);
  });
});
