import { describe, expect, it } from 'vitest';
import type { Permit } from '../../../lib/limits/key-guard.ts';
import { peek, useKeyGuard } from './guarded-keys.ts';

const { clock, guard, pausedMs, turn } = useKeyGuard();

describe('a refused key', () => {
  it('pauses for 60 s, also those who were waiting for it', async () => {
    const first = await turn();
    const waiting = guard().acquire('k', 1_000);
    first.release('refused');
    expect(await waiting).toEqual({ kind: 'paused', pausedMs: 60_000 });
    clock.now += 59_999;
    expect(await guard().acquire('k', 1_000)).toEqual({ kind: 'paused', pausedMs: 1 });
    clock.now += 1;
    expect((await guard().acquire('k', 1_000)).kind).toBe('permit');
  });

  it('pauses twice as long when it is refused again, 15 minutes at most, and afresh once it was accepted', async () => {
    const pauses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      (await turn()).release('refused');
      pauses.push(await pausedMs('k'));
      clock.now += pauses.at(-1) ?? 0;
    }
    expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
    (await turn()).release('accepted');
    (await turn()).release('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('counts calls that were refused together once', async () => {
    (await turn()).release('accepted');
    const together = [await turn(), await turn(), await turn()];
    for (const one of together) one.release('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('is used by one call at a time behind its pause, though it was once accepted', async () => {
    (await turn()).release('accepted');
    (await turn()).release('refused');
    clock.now += 60_000;
    await turn();
    expect(await peek(guard().acquire('k', 1_000))).toBeUndefined();
  });

  it('does not count for a new one', async () => {
    (await turn('old')).release('refused');
    expect((await guard().acquire('new', 0)).kind).toBe('permit');
  });
});

describe('an answer that comes late', () => {
  /** Two calls with an accepted key, of which the second is refused first. */
  const late = async (): Promise<Permit> => {
    (await turn()).release('accepted');
    const [slow, refused] = [await turn(), await turn()];
    slow.isStillValid();
    refused.isStillValid();
    refused.release('refused');
    return slow;
  };

  it('does not end the pause, nor the doubling, nor let others go together, though it accepts the key', async () => {
    (await late()).release('accepted');
    expect(await pausedMs('k')).toBe(60_000);
    clock.now += 60_000;
    const next = await turn();
    expect(await peek(guard().acquire('k', 1_000))).toBeUndefined();
    next.isStillValid();
    next.release('refused');
    expect(await pausedMs('k')).toBe(120_000);
  });

  it('counts where the refusal before it is an hour old, and so forgotten', async () => {
    const slowAs = async (verdict: 'accepted' | 'refused') => {
      (await turn()).release('refused');
      clock.now += 60_000;
      const slow = await turn();
      clock.now += 60 * 60_000;
      slow.release(verdict);
    };
    await slowAs('refused');
    expect(guard().lastRefusal('k')).toMatchObject({ inARow: 1, at: clock.now });
    clock.now += 60 * 60_000;
    await slowAs('accepted');
    await turn();
    expect(await peek(guard().acquire('k', 1_000))).toBe('permit');
  });

  it('is no refusal of its own where it refuses the key, also past the pause', async () => {
    const slow = await late();
    clock.now += 60_001;
    slow.release('refused');
    expect(await pausedMs('k')).toBe(0);
  });
});

describe('the last refusal of a key', () => {
  it('counts the refusals in a row', async () => {
    expect(guard().lastRefusal('k')).toBeUndefined();
    (await turn()).release('refused');
    expect(guard().lastRefusal('k')).toEqual({ at: 5_000, pausedUntil: 65_000, inARow: 1 });
    clock.now += 60_000;
    (await turn()).release('refused');
    expect(guard().lastRefusal('k')).toEqual({ at: 65_000, pausedUntil: 185_000, inARow: 2 });
  });

  it('is forgotten once the key is accepted, and an hour after it', async () => {
    for (const key of ['k', 'l']) (await turn(key)).release('refused');
    clock.now += 60_000;
    (await turn('k')).release('accepted');
    expect(guard().lastRefusal('k')).toBeUndefined();
    clock.now += 59 * 60_000 - 1;
    expect(guard().lastRefusal('l')).toMatchObject({ inARow: 1 });
    clock.now += 1;
    expect(guard().lastRefusal('l')).toBeUndefined();
  });
});

describe('how long a key is known', () => {
  it('an hour after its last refusal its doubling has ended', async () => {
    (await turn()).release('refused');
    clock.now += 60_000;
    (await turn()).release('refused');
    clock.now += 60 * 60_000;
    (await turn()).release('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('a refused one stays as long as it pauses or doubles, however many there are', async () => {
    for (let i = 0; i < 5_000; i += 1) (await turn(`k${i}`)).release('refused');
    clock.now += 59_999;
    for (const i of [0, 64, 65, 4_999]) expect(await pausedMs(`k${i}`)).toBe(1);
    clock.now += 1;
    (await turn('k0')).release('refused');
    expect(await pausedMs('k0')).toBe(120_000);
  });

  it('of accepted ones the last thousand go out together', async () => {
    for (let i = 0; i < 1_001; i += 1) (await turn(`k${i}`)).release('accepted');
    await turn('k1');
    expect(await peek(guard().acquire('k1', 1_000))).toBe('permit');
    await turn('k0');
    expect(await peek(guard().acquire('k0', 1_000))).toBeUndefined();
  });
});
