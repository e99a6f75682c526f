import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Entry, KeyGuard, type Turn } from '../../../lib/limits/key-guard.ts';

let now: number;
let guard: KeyGuard;

beforeEach(() => {
  now = 5_000;
  guard = new KeyGuard(() => now);
});

afterEach(() => {
  vi.useRealTimers();
});

const turn = async (key = 'k', maxWaitMs = 1_000): Promise<Turn> => {
  const entry = await guard.enter(key, maxWaitMs);
  if (entry.kind !== 'turn') throw new Error(`expected a turn, got ${entry.kind}`);
  return entry;
};

/** How much longer a key is paused. */
const pausedMs = async (key: string): Promise<number> => {
  const entry = await guard.enter(key, 0);
  return entry.kind === 'paused' ? entry.pausedMs : 0;
};

/** What an entry has come to by now; undefined while it waits. */
const peek = async (entry: Promise<Entry>): Promise<Entry['kind'] | undefined> =>
  Promise.race([entry.then(({ kind }) => kind), new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);

describe('a key nobody has accepted yet', () => {
  it('is used by one call at a time, in the order of asking', async () => {
    const first = await turn();
    const second = guard.enter('k', 1_000);
    const third = guard.enter('k', 1_000);
    expect(await peek(second)).toBeUndefined();
    first.leave('unsettled');
    expect(await peek(second)).toBe('turn');
    expect(await peek(third)).toBeUndefined();
    ((await second) as Turn).leave('unsettled');
    expect(await peek(third)).toBe('turn');
  });

  it('lets all go once it is accepted', async () => {
    const first = await turn();
    const others = [guard.enter('k', 1_000), guard.enter('k', 1_000)];
    first.leave('accepted');
    expect(await Promise.all(others.map(peek))).toEqual(['turn', 'turn']);
    expect(await peek(guard.enter('k', 1_000))).toBe('turn');
  });

  it('keeps nobody waiting for longer than they can', async () => {
    vi.useFakeTimers();
    await turn();
    const late = guard.enter('k', 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toEqual({ kind: 'too_late' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep other keys waiting', async () => {
    await turn('k');
    expect((await guard.enter('l', 0)).kind).toBe('turn');
  });
});

describe('a refused key', () => {
  it('pauses for 60 s, also those who were waiting for it', async () => {
    const first = await turn();
    const waiting = guard.enter('k', 1_000);
    first.leave('refused');
    expect(await waiting).toEqual({ kind: 'paused', pausedMs: 60_000 });
    now += 59_999;
    expect(await guard.enter('k', 1_000)).toEqual({ kind: 'paused', pausedMs: 1 });
    now += 1;
    expect((await guard.enter('k', 1_000)).kind).toBe('turn');
  });

  it('pauses twice as long when it is refused again, 15 minutes at most, and afresh once it was accepted', async () => {
    const pauses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      (await turn()).leave('refused');
      pauses.push(await pausedMs('k'));
      now += pauses.at(-1) ?? 0;
    }
    expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
    (await turn()).leave('accepted');
    (await turn()).leave('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('counts calls that were refused together once', async () => {
    (await turn()).leave('accepted');
    const together = [await turn(), await turn(), await turn()];
    for (const one of together) one.leave('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('is used by one call at a time behind its pause, though it was once accepted', async () => {
    (await turn()).leave('accepted');
    (await turn()).leave('refused');
    now += 60_000;
    await turn();
    expect(await peek(guard.enter('k', 1_000))).toBeUndefined();
  });

  it('says nothing of a new one', async () => {
    (await turn('old')).leave('refused');
    expect((await guard.enter('new', 0)).kind).toBe('turn');
  });
});

describe('an answer that comes late', () => {
  /** Two calls with an accepted key, of which the second is refused first. */
  const late = async (): Promise<Turn> => {
    (await turn()).leave('accepted');
    const [slow, refused] = [await turn(), await turn()];
    slow.depart();
    refused.depart();
    refused.leave('refused');
    return slow;
  };

  it('does not end the pause, nor the doubling, nor let others go together, though it accepts the key', async () => {
    (await late()).leave('accepted');
    expect(await pausedMs('k')).toBe(60_000);
    now += 60_000;
    const next = await turn();
    expect(await peek(guard.enter('k', 1_000))).toBeUndefined();
    next.depart();
    next.leave('refused');
    expect(await pausedMs('k')).toBe(120_000);
  });

  it('is no refusal of its own where it refuses the key, also past the pause', async () => {
    const slow = await late();
    now += 60_001;
    slow.leave('refused');
    expect(await pausedMs('k')).toBe(0);
  });
});

describe('a turn', () => {
  it('does not hold where the key was refused while it waited', async () => {
    (await turn()).leave('accepted');
    const [waiting, refused] = [await turn(), await turn()];
    refused.leave('refused');
    expect(waiting.depart()).toBe(false);
    now += 60_000;
    expect(waiting.depart()).toBe(false);
  });

  it('holds for the one call that may go out with a key nobody has accepted', async () => {
    expect((await turn()).depart()).toBe(true);
  });
});

describe('how long a key is known', () => {
  it('an hour after its last refusal its doubling has ended', async () => {
    (await turn()).leave('refused');
    now += 60_000;
    (await turn()).leave('refused');
    now += 60 * 60_000;
    (await turn()).leave('refused');
    expect(await pausedMs('k')).toBe(60_000);
  });

  it('a refused one stays as long as it pauses or doubles, however many there are', async () => {
    for (let i = 0; i < 5_000; i += 1) (await turn(`k${i}`)).leave('refused');
    now += 59_999;
    for (const i of [0, 64, 65, 4_999]) expect(await pausedMs(`k${i}`)).toBe(1);
    now += 1;
    (await turn('k0')).leave('refused');
    expect(await pausedMs('k0')).toBe(120_000);
  });

  it('of accepted ones the last thousand go out together', async () => {
    for (let i = 0; i < 1_001; i += 1) (await turn(`k${i}`)).leave('accepted');
    await turn('k1');
    expect(await peek(guard.enter('k1', 1_000))).toBe('turn');
    await turn('k0');
    expect(await peek(guard.enter('k0', 1_000))).toBeUndefined();
  });
});
