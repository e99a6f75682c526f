import { describe, expect, it, vi } from 'vitest';
import type { Permit } from '../../../lib/limits/key-guard.ts';
import { peek, useKeyGuard } from './guarded-keys.ts';

const { clock, guard, turn } = useKeyGuard();

describe('a key that VOD has not accepted yet', () => {
  it('is used by one call at a time, in the order of asking', async () => {
    const first = await turn();
    const second = guard().acquire('k', 1_000);
    const third = guard().acquire('k', 1_000);
    expect(await peek(second)).toBeUndefined();
    first.release('unsettled');
    expect(await peek(second)).toBe('permit');
    expect(await peek(third)).toBeUndefined();
    ((await second) as Permit).release('unsettled');
    expect(await peek(third)).toBe('permit');
  });

  it('is used by one call at a time also by those who ask after the last of the waiting got its turn', async () => {
    const first = await turn();
    const second = guard().acquire('k', 1_000);
    first.release('unsettled');
    expect(await peek(second)).toBe('permit');
    expect(await peek(guard().acquire('k', 1_000))).toBeUndefined();
  });

  it('is not given to a caller whose time is up', async () => {
    vi.useFakeTimers();
    const first = await turn();
    const late = guard().acquire('k', 1_000);
    const patient = guard().acquire('k', 5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    first.release('unsettled');
    expect([(await late).kind, (await patient).kind]).toEqual(['too_late', 'permit']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets all go once it is accepted', async () => {
    const first = await turn();
    const others = [guard().acquire('k', 1_000), guard().acquire('k', 1_000)];
    first.release('accepted');
    expect(await Promise.all(others.map(peek))).toEqual(['permit', 'permit']);
    expect(await peek(guard().acquire('k', 1_000))).toBe('permit');
  });

  it('lets no caller wait longer than it can', async () => {
    vi.useFakeTimers();
    await turn();
    const late = guard().acquire('k', 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toEqual({ kind: 'too_late' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep other keys waiting', async () => {
    await turn('k');
    expect((await guard().acquire('l', 0)).kind).toBe('permit');
  });
});

describe('a turn', () => {
  it('does not hold where the key was refused while it waited', async () => {
    (await turn()).release('accepted');
    const [waiting, refused] = [await turn(), await turn()];
    refused.release('refused');
    expect(waiting.isStillValid()).toBe(false);
    clock.now += 60_000;
    expect(waiting.isStillValid()).toBe(false);
  });

  it('applies to the one call with a key that VOD has not accepted yet', async () => {
    expect((await turn()).isStillValid()).toBe(true);
  });

  it('holds from the moment at which the pause ends', async () => {
    (await turn()).release('refused');
    clock.now += 60_000;
    expect((await turn()).isStillValid()).toBe(true);
  });

  it('holds for all who use a key that is accepted', async () => {
    (await turn()).release('accepted');
    const together = [await turn(), await turn()];
    expect(together.map((one) => one.isStillValid())).toEqual([true, true]);
  });
});
