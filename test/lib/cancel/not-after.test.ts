import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { Attempt } from '../../../lib/cancel/vod-port.ts';
import { CANCELLED, contextOf, THROTTLED, useScriptedTime, vodOf } from './scripted-cancel.ts';

useScriptedTime();

describe('a last moment for calls', () => {
  const NOW = Date.parse('2026-01-02T03:04:05Z');

  beforeEach(() => {
    vi.setSystemTime(NOW);
  });

  const runUntil = async (notAfterMs: number, answers: readonly Attempt[], more: Partial<CancelContext> = {}) => {
    const { vod, calls } = vodOf({ answers });
    const sleep = async (ms: number) => {
      vi.setSystemTime(Date.now() + ms);
    };
    return {
      conclusion: await cancelQueuedTranscode('a', contextOf(vod, 60_000, { sleep, ...more }), notAfterMs),
      calls,
    };
  };

  it('is kept: there is nothing to do past it', async () => {
    const { conclusion, calls } = await runUntil(NOW - 1, [CANCELLED]);
    expect(conclusion).toMatchObject({ reason: 'ignored', attempts: 0 });
    expect(conclusion.detail).toMatch(/not_after.*passed/);
    expect(calls.cancel).toBe(0);
    expect((await runUntil(NOW, [CANCELLED])).conclusion.reason).toBe('cancelled');
  });

  it('that has passed lets nothing wait for a slot of the pace', async () => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    await limits.pacer.acquire(4, 0);
    const { conclusion } = await runUntil(NOW - 1, [CANCELLED], { limits, callsPerMinute: 4 });
    expect([conclusion.reason, Date.now()]).toEqual(['ignored', NOW]);
  });

  it.each([
    [7_000, 'ignored', 0],
    [8_000, 'cancelled', 1],
  ])('can pass while a slot of the pace is waited for: %i ms, %s', async (ms, reason, made) => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    // The next slot at four a minute is 7.5 s away then.
    await limits.pacer.acquire(4, 0);
    const { conclusion, calls } = await runUntil(NOW + ms, [CANCELLED], { limits, callsPerMinute: 4 });
    expect([conclusion.reason, calls.cancel]).toEqual([reason, made]);
  });

  it.each([
    [1_999, 1, 0],
    [2_000, 2, 2_000],
  ])('allows a retry that is due at it, and waits for no other: %i ms, %i calls', async (ms, made, waitedMs) => {
    const { calls } = await runUntil(NOW + ms, [THROTTLED, CANCELLED]);
    expect([calls.cancel, Date.now() - NOW]).toEqual([made, waitedMs]);
  });

  it('prevents another attempt, and the result of the first one counts', async () => {
    const { conclusion, calls } = await runUntil(NOW + 500, [THROTTLED, CANCELLED]);
    expect(conclusion).toMatchObject({ reason: 'throttled', attempts: 1 });
    expect(calls.cancel).toBe(1);
  });
});
