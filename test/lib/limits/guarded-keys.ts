import { afterEach, beforeEach, vi } from 'vitest';
import { type Acquisition, KeyGuard, type Permit } from '../../../lib/limits/key-guard.ts';

/** A new guard for each test of a file, with a clock that moves only when the test says so. In milliseconds. */
export function useKeyGuard() {
  const clock = { now: 0 };
  let guard: KeyGuard;

  beforeEach(() => {
    clock.now = 5_000;
    guard = new KeyGuard(() => clock.now);
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

  return { clock, guard: () => guard, turn, pausedMs };
}

/** What an entry has come to by now; undefined while it waits. */
export const peek = async (entry: Promise<Acquisition>): Promise<Acquisition['kind'] | undefined> =>
  Promise.race([entry.then(({ kind }) => kind), new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
