import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Acquisition, KeyGuard, type Permit } from '../../../lib/limits/key-guard.ts';

let now: number;
let guard: KeyGuard;

beforeEach(() => {
  now = 5_000;
  guard = new KeyGuard(() => now);
});

afterEach(() => {
  vi.useRealTimers();
});

const turn = async (key = 'k', maxWaitMs = 1_000): Promise<Permit> => {
  const entry = await guard.acquire(key, maxWaitMs);
  if (entry.kind !== 'permit') throw new Error(`expected a turn, got ${entry.kind}`);
  return entry;
};

/** How much longer a key is paused. */
const pausedMs = async (key: string): Promise<number> => {
  const entry = await guard.acquire(key, 0);
  return entry.kind === 'paused' ? entry.pausedMs : 0;
};

/** What an entry has come to by now; undefined while it waits. */
const peek = async (entry: Promise<Acquisition>): Promise<Acquisition['kind'] | undefined> =>
  Promise.race([entry.then(({ kind }) => kind), new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);

describe('a key that VOD has not accepted yet', () => {
  it('is used by one call at a time, in the order of asking', async () => {
    const first = await turn();
    const second = guard.acquire('k', 1_000);
    const third = guard.acquire('k', 1_000);
    expect(await peek(second)).toBeUndefined();
    first.release('unsettled');
    expect(await peek(second)).toBe('permit');
    expect(await peek(third)).toBeUndefined();
    ((await second) as Permit).release('unsettled');
    expect(await peek(third)).toBe('permit');
  });

  it('is used by one call at a time also by those who ask after the last of the waiting got its turn', async () => {
    const first = await turn();
    const second = guard.acquire('k', 1_000);
    first.release('unsettled');
    expect(await peek(second)).toBe('permit');
    expect(await peek(guard.acquire('k', 1_000))).toBeUndefined();
  });

  it('is not given to a caller whose time is up', async () => {
    vi.useFakeTimers();
    const first = await turn();
    const late = guard.acquire('k', 1_000);
    const patient = guard.acquire('k', 5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    first.release('unsettled');
    expect([(await late).kind, (await patient).kind]).toEqual(['too_late', 'permit']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets all go once it is accepted', async () => {
    const first = await turn();
    const others = [guard.acquire('k', 1_000), guard.acquire('k', 1_000)];
    first.release('accepted');
    expect(await Promise.all(others.map(peek))).toEqual(['permit', 'permit']);
    expect(await peek(guard.acquire('k', 1_000))).toBe('permit');
  });

  it('lets no caller wait longer than it can', async () => {
    vi.useFakeTimers();
    await turn();
    const late = guard.acquire('k', 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toEqual({ kind: 'too_late' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep other keys waiting', async () => {
    await turn('k');
    expect((await guard.acquire('l', 0)).kind).toBe('permit');
  });
});

describe('a refused key', () => {
  it('pauses for 60 s, also those who were waiting for it', async () => {
    const first = await turn();
    const waiting = guard.acquire('k', 1_000);
    first.release('refused');
    expect(await waiting).toEqual({ kind: 'paused', pausedMs: 60_000 });
    now += 59_999;
    expect(await guard.acquire('k', 1_000)).toEqual({ kind: 'paused', pausedMs: 1 });
    now += 1;
    expect((await guard.acquire('k', 1_000)).kind).toBe('permit');
  });

  it('pauses twice as long when it is refused again, 15 minutes at most, and afresh once it was accepted', async () => {
    const pauses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      (await turn()).release('refused');
      pauses.push(await pausedMs('k'));
      now += pauses.at(-1) ?? 0;
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
    now += 60_000;
    await turn();
    expect(await peek(guard.acquire('k', 1_000))).toBeUndefined();
  });

  it('does not count for a new one', async () => {
    (await turn('old')).release('refused');
    expect((await guard.acquire('new', 0)).kind).toBe('permit');
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
    now += 60_000;
    const next = await turn();
    expect(await peek(guard.acquire('k', 1_000))).toBeUndefined();
    next.isStillValid();
    next.release('refused');
    expect(await pausedMs('k')).toBe(120_000);
  });

  it('counts where the refusal before it is an hour old, and so forgotten', async () => {
    const slowAs = async (verdict: 'accepted' | 'refused') => {
      (await turn()).release('refused');
      now += 60_000;
      const slow = await turn();
      now += 60 * 60_000;
      slow.release(verdict);
    };
    await slowAs('refused');
    expect(guard.lastRefusal('k')).toMatchObject({ inARow: 1, at: now });
    now += 60 * 60_000;
    await slowAs('accepted');
    await turn();
    expect(await peek(guard.acquire('k', 1_000))).toBe('permit');
  });

  it('is no refusal of its own where it refuses the key, also past the pause', async () => {
    const slow = await late();
    now += 60_001;
    slow.release('refused');
    expect(await pausedMs('k')).toBe(0);
  });
});

describe('a turn', () => {
  it('does not hold where the key was refused while it waited', async () => {
    (await turn()).release('accepted');
    const [waiting, refused] = [await turn(), await turn()];
    refused.release('refused');
    expect(waiting.isStillValid()).toBe(false);
    now += 60_000;
    expect(waiting.isStillValid()).toBe(false);
  });

  it('applies to the one call with a key that VOD has not accepted yet', async () => {
    expect((await turn()).isStillValid()).toBe(true);
  });

  it('holds from the moment at which the pause ends', async () => {
    (await turn()).release('refused');
    now += 60_000;
    expect((await turn()).isStillValid()).toBe(true);
  });

  it('holds for all who use a key that is accepted', async () => {
    (await turn()).release('accepted');
    const together = [await turn(), await turn()];
    expect(together.map((one) => one.isStillValid())).toEqual([true, true]);
  });
});

describe('the last refusal of a key', () => {
  it('counts the refusals in a row', async () => {
    expect(guard.lastRefusal('k')).toBeUndefined();
    (await turn()).release('refused');
    expect(guard.lastRefusal('k')).toEqual({ at: 5_000, pausedUntil: 65_000, inARow: 1 });
    now += 60_000;
    (await turn()).release('refused');
    expect(guard.lastRefusal('k')).toEqual({ at: 65_000, pausedUntil: 185_000, inARow: 2 });
  });

  it('is forgotten once the key is accepted, and an hour after it', async () => {
    for (const key of ['k', 'l']) (await turn(key)).release('refused');
    now += 60_000;
    (await turn('k')).release('accepted');
    expect(guard.lastRefusal('k')).toBeUndefined();
    now += 59 * 60_000 - 1;
    expect(guard.lastRefusal('l')).toMatchObject({ inARow: 1 });
    now += 1;
    expect(guard.lastRefusal('l')).toBeUndefined();
  });
});

describe('how long a key is known', () => {
  it('an hour after its last refusal its doubling has ended', async () => {
    (await turn()).release('refused');
    now += 60_000;
    (await turn()).release('refused');
    now += 60 * 60_000;
    (await turn()).release('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('a refused one stays as long as it pauses or doubles, however many there are', async () => {
    for (let i = 0; i < 5_000; i += 1) (await turn(`k${i}`)).release('refused');
    now += 59_999;
    for (const i of [0, 64, 65, 4_999]) expect(await pausedMs(`k${i}`)).toBe(1);
    now += 1;
    (await turn('k0')).release('refused');
    expect(await pausedMs('k0')).toBe(120_000);
  });

  it('of accepted ones the last thousand go out together', async () => {
    for (let i = 0; i < 1_001; i += 1) (await turn(`k${i}`)).release('accepted');
    await turn('k1');
    expect(await peek(guard.acquire('k1', 1_000))).toBe('permit');
    await turn('k0');
    expect(await peek(guard.acquire('k0', 1_000))).toBeUndefined();
  });
});
