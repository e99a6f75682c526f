import { describe, expect, it, vi } from 'vitest';
import { processOf, refusing, usePacerTime } from './paced-process.ts';

usePacerTime();

describe('a caller that cannot wait', () => {
  it.each([
    ['the first call has no answer yet', 10, 1, 2_995],
    ['two wait behind it', 10, 3, 9_005],
    ['the limit is taken', 10, 10, 60_090],
    ['one more waits', 10, 11, 63_095],
    ['two windows are taken', 10, 21, 123_195],
    ['four calls have left', 60, 4, 2_995],
    ['one more waits behind them', 60, 5, 6_000],
  ])('is told when the next slot is free: %s', async (_, ms, asked, waitMs) => {
    const { pacer, ask } = processOf();
    for (let i = 0; i < asked; i += 1) void ask(10);
    await vi.advanceTimersByTimeAsync(ms);
    expect(await pacer.acquire(10, waitMs - 1)).toEqual({ kind: 'too_late', waitMs });
  });

  it('is told when the call leaves the window that makes room for it', async () => {
    const { pacer, ask } = processOf();
    void ask(2);
    await vi.advanceTimersByTimeAsync(20_000);
    void ask(2);
    void ask(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await pacer.acquire(2, 0)).toEqual({ kind: 'too_late', waitMs: 20_000 + 60_100 - 21_000 });
  });

  it('as long as a Retry-After that comes while it waits is told at once', async () => {
    const { pacer, ask } = processOf(() => ({ retryAfterMs: 30_000 }));
    void ask(10);
    await vi.advanceTimersByTimeAsync(10);
    const told: unknown[] = [];
    for (const maxWaitMs of [5_000, 30_039, 30_040])
      void pacer.acquire(10, maxWaitMs).then((acquisition) => told.push(acquisition));
    await vi.advanceTimersByTimeAsync(39);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    const tooLate = { kind: 'too_late', waitMs: 30_000 };
    expect(told).toEqual([tooLate, tooLate]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(told).toEqual([tooLate, tooLate, { kind: 'slot', release: expect.any(Function) }]);
  });

  it('until its slot, which a refusal moved away, is told when its time is up, and leaves no timer', async () => {
    const { pacer, ask, askMany } = processOf(refusing(1));
    void ask(10);
    await vi.advanceTimersByTimeAsync(60);
    void askMany(3, 10);
    await vi.advanceTimersByTimeAsync(10);
    const told = pacer.acquire(10, 5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await told).toEqual({ kind: 'too_late', waitMs: expect.any(Number) });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('as long as a refusal makes it wait does not keep the others from their slots', async () => {
    const { pacer, calls, ask, askMany } = processOf(refusing(1));
    void ask(10);
    await vi.advanceTimersByTimeAsync(60);
    void askMany(3, 10);
    const told = pacer.acquire(10, 5_000);
    void ask(10);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await told).toMatchObject({ kind: 'too_late' });
    const before = calls.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(calls).toHaveLength(before + 1);
  });
});
