import { describe, expect, it, vi } from 'vitest';
import { processOf, usePacerTime } from './paced-process.ts';

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

  it('as long as a Retry-After is told when its time is up, and not before', async () => {
    const { pacer, ask } = processOf(() => ({ retryAfterMs: 30_000 }));
    void ask(10);
    await vi.advanceTimersByTimeAsync(10);
    let told: unknown;
    void pacer.acquire(10, 5_000).then((acquisition) => {
      told = acquisition;
    });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(told).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual({ kind: 'too_late', waitMs: 30_050 - 5_010 });
  });
});
