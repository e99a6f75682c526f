import { describe, expect, it } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { Attempt, KeyedVod } from '../../../lib/cancel/vod-port.ts';
import { CANCELLED, contextOf, GUARDED, NOT_QUEUED, time, useScriptedTime, vodOf } from './scripted-cancel.ts';

useScriptedTime();

describe('a refused key whose secret holds another one by now', () => {
  /** VOD with a key, which another key may follow. */
  const keyedAs = (keyId: string, answers: readonly Attempt[], next?: KeyedVod) => {
    const { vod, calls } = vodOf({ answers });
    const renewals: object[] = [];
    const renew = async (refusal: object) => {
      renewals.push(refusal);
      return next;
    };
    return { keyed: { vod, keyId, renew }, calls, renewals };
  };

  const cancelWith = (keyed: KeyedVod, more: Partial<CancelContext> = {}) =>
    cancelQueuedTranscode('a', contextOf(keyed.vod, 10_000, { keyed, ...more }));

  it('gives way to that one in the same cancel, which counts an attempt more', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    expect(await cancelWith(old.keyed)).toMatchObject({ reason: 'cancelled', attempts: 2 });
    expect([old.calls.cancel, next.calls.cancel]).toEqual([1, 1]);
  });

  it('gives way to it in the cancels that wait for the key too, which make one call each', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    const context = contextOf(old.keyed.vod, 10_000, { keyed: old.keyed });
    const all = await Promise.all(Array.from({ length: 10 }, () => cancelQueuedTranscode('a', context)));
    expect(all.map(({ reason, attempts }) => [reason, attempts])).toEqual([
      ['cancelled', 2],
      ...Array.from({ length: 9 }, () => ['cancelled', 1]),
    ]);
    expect([old.calls.cancel, next.calls.cancel, new Set(old.renewals).size]).toEqual([1, 10, 1]);
  });

  it('is used no further where the secret could not be read, or holds the same key', async () => {
    const unread = keyedAs('old', [GUARDED]);
    expect(await cancelWith(unread.keyed)).toMatchObject({ reason: 'refused', attempts: 1 });
    const same = keyedAs('old', [GUARDED], keyedAs('old', [CANCELLED]).keyed);
    expect(await cancelWith(same.keyed)).toMatchObject({ reason: 'refused', attempts: 1 });
  });

  it('makes no more attempts than allowed', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    expect(await cancelWith(old.keyed, { maxAttempts: 1 })).toMatchObject({ reason: 'refused', attempts: 1 });
    expect(next.calls.cancel).toBe(0);
  });

  it('is not gone back to where the new one is refused as well', async () => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    const ring: KeyedVod[] = [];
    const keyedInRing = (keyId: string, index: number) => ({
      ...keyedAs(keyId, [GUARDED]).keyed,
      renew: async () => ring[1 - index],
    });
    ring.push(keyedInRing('one', 0), keyedInRing('two', 1));
    for (const attempts of [2, 0]) {
      expect(await cancelWith(ring[0] as KeyedVod, { limits, maxAttempts: 10 })).toMatchObject({ attempts });
    }
  });

  it('is not used for the status read either, which the new one makes', async () => {
    const next = keyedAs('new', [NOT_QUEUED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    await cancelWith(old.keyed);
    expect([old.calls.read, next.calls.read]).toEqual([0, 1]);
  });

  it.each([
    [10, 9_440],
    [9_400, 50],
    [9_690, 0],
  ])('is read within the time that is left: after a call of %i ms, in %i ms', async (callMs, waitMs) => {
    const { vod } = vodOf({ answers: [GUARDED], callMs });
    const waits: number[] = [];
    const renew = async (_refusal: object, maxWaitMs: number) => {
      waits.push(maxWaitMs);
      return undefined;
    };
    await cancelWith({ vod, keyId: 'k', renew }, { attemptTimeoutMs: 60_000 });
    expect(waits).toEqual([waitMs]);
  });

  it('is not read again where the pause is over and only the pace has no slot', async () => {
    const old = keyedAs('old', [GUARDED, CANCELLED]);
    const context = contextOf(old.keyed.vod, 10_000, { keyed: old.keyed, callsPerMinute: 1 });
    await cancelQueuedTranscode('a', context);
    time.now += 70_000;
    await context.limits.pacer.acquire(1, 0);
    const later = { ...context, deadline: { timeLeft: () => 5_000 } };
    expect((await cancelQueuedTranscode('a', later)).reason).toBe('pace_limit');
    expect(old.renewals).toHaveLength(1);
  });
});
