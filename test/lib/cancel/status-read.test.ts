import { describe, expect, it } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { AssetStatus, Attempt, VodPort } from '../../../lib/cancel/vod-port.ts';
import {
  CANCELLED,
  contextOf,
  FORBIDDEN,
  GUARDED,
  INTERNAL,
  LOST,
  NOT_QUEUED,
  recordReleases,
  run,
  useScriptedTime,
  vodOf,
} from './scripted-cancel.ts';

useScriptedTime();

const RUNNING: AssetStatus = { transcodeStatus: 'TRANSCODING', uploading: false };

describe('the status read', () => {
  it.each<readonly [string, readonly Attempt[], number]>([
    ['not queued', [NOT_QUEUED], 1],
    ['a lost answer, then not queued', [LOST, NOT_QUEUED], 1],
    ['lost answers', [LOST], 1],
    ['cancelled', [CANCELLED], 0],
    ['internal errors', [INTERNAL], 0],
    ['a refused permission', [FORBIDDEN], 0],
    ['a lost answer, then cancelled', [LOST, CANCELLED], 0],
  ])('after %j is made %i times', async (_, answers, reads) => {
    const { conclusion, calls } = await run({ answers, status: RUNNING });
    expect(calls.read).toBe(reads);
    expect(conclusion.transcodeStatus).toBe(reads === 0 ? undefined : 'TRANSCODING');
  });

  it.each([
    [10_000, [3_000, 3_000]],
    [1_310, [990, 980]],
  ])('takes no longer than an attempt, nor than the time left: with %i ms %j', async (ms, timeouts) => {
    const { calls } = await run({ answers: [NOT_QUEUED] }, ms);
    expect(calls.timeouts).toEqual(timeouts);
  });

  it.each([
    [559, 0],
    [560, 1],
  ])(
    'is not started with less than 250 ms: of %i ms the reserve takes 300, the call 10, %i reads',
    async (ms, reads) => {
      const { vod, calls } = vodOf({ answers: [NOT_QUEUED], status: RUNNING });
      const context = contextOf(vod, ms);
      const { verdicts } = recordReleases(context.limits);
      const conclusion = await cancelQueuedTranscode('a', context);
      expect([conclusion.reason, calls.cancel, calls.read]).toEqual(['not_queued', 1, reads]);
      // Without a read it asks for no permit of the key either.
      expect(verdicts).toHaveLength(1 + reads);
    },
  );

  it('is not started where the process stood still until it was too late', async () => {
    const { vod, calls } = vodOf({ answers: [NOT_QUEUED] });
    const context = contextOf(vod);
    const { verdicts } = recordReleases(context.limits, { slot: 0, permit: 4_800 });
    const conclusion = await cancelQueuedTranscode('a', context);
    expect([conclusion.reason, calls.cancel, calls.read]).toEqual(['not_queued', 1, 0]);
    expect(verdicts).toEqual(['accepted', 'unsettled']);
  });

  it('does not count for the key', async () => {
    const { vod, calls } = vodOf({ answers: [LOST], status: RUNNING });
    const context = contextOf(vod, 10_000, { maxAttempts: 1 });
    const { verdicts } = recordReleases(context.limits);
    await cancelQueuedTranscode('a', context);
    expect([calls.read, verdicts]).toEqual([1, ['unsettled', 'unsettled']]);
  });

  it('is not made with a key that is paused', async () => {
    const { vod, calls } = vodOf({ answers: [CANCELLED, GUARDED] });
    const context = contextOf(vod);
    await cancelQueuedTranscode('a', context);
    // While the answer to one cancel gets lost, VOD refuses the key to another one.
    const losing: VodPort = {
      ...vod,
      cancel: async () => {
        await cancelQueuedTranscode('b', context);
        return LOST;
      },
    };
    const conclusion = await cancelQueuedTranscode('a', {
      ...context,
      keyed: { vod: losing, keyId: 'k' },
      maxAttempts: 1,
    });
    expect([conclusion.reason, calls.read]).toEqual(['unsettled', 0]);
  });
});
