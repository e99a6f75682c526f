import { describe, expect, it, vi } from 'vitest';
import { Pacer } from '../../../lib/limits/pacer.ts';
import { type Answer, processOf, refusing, usePacerTime } from './paced-process.ts';

usePacerTime();

describe('an open process', () => {
  it('lets a lone call leave at once', async () => {
    const { calls, ask } = processOf();
    void ask();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual([0]);
  });

  it('makes ten calls within 3 s', async () => {
    const { calls, askMany } = processOf();
    void askMany(10);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(calls).toHaveLength(10);
  });

  it('makes the calls of its limit in half a minute, and the next when the first has left the window', async () => {
    const { calls, askMany } = processOf();
    void askMany(101);
    await vi.advanceTimersByTimeAsync(60_099);
    expect(calls).toHaveLength(100);
    expect(calls[99]).toBeLessThan(30_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(101);
  });

  it('answers at once where the slot comes too late, and says when it comes', async () => {
    const { calls, ask, askMany } = processOf();
    void askMany(1, 1);
    await vi.advanceTimersByTimeAsync(100);
    expect(await ask(1, 10_000)).toBe(60_000);
    expect(calls).toHaveLength(1);
  });
});

describe('the time that a caller gets, accurate to some seconds,', () => {
  it.each<readonly [string, number, (call: number) => Answer]>([
    ['a full window', 120, () => 'admitted'],
    ['callers for two windows', 250, () => 'admitted'],
    ['a process that has closed', 30, refusing(12)],
  ])('is when its call could leave: %s', async (_, waiting, answerOf) => {
    const { calls, ask, askMany } = processOf(answerOf);
    void askMany(waiting);
    await vi.advanceTimersByTimeAsync(4_000);
    const told = (await ask(100, 0)) ?? 0;
    void ask();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(Math.abs((calls[waiting] ?? 0) - 4_000 - told)).toBeLessThanOrEqual(6_000);
  });
});

describe('a refusal', () => {
  it('of the only call is followed by another try after 1 to 2 s, and the process is open again', async () => {
    const { calls, askMany } = processOf(refusing(0));
    void askMany(10);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls[1]).toBeGreaterThanOrEqual(1_000);
    expect(calls[1]).toBeLessThanOrEqual(2_050);
    expect(calls).toHaveLength(10);
  });

  it('of every call leaves a few tries, and in the end one a window', async () => {
    const { calls, askMany } = processOf(
      () => 'refused',
      () => 0.95,
    );
    void askMany(100);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.length).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(30 * 60_100);
    const before = calls.length;
    await vi.advanceTimersByTimeAsync(5 * 60_100);
    expect(calls.length - before).toBe(5);
  });

  it('closes the process until the refused call has left the window, then it makes as many as were admitted', async () => {
    const { calls, askMany } = processOf(refusing(4));
    void askMany(100);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(9);
  });

  it('on an own slot takes a part of the share', async () => {
    const { calls, askMany } = processOf(refusing(150));
    void askMany(1_000);
    const inMinute = (minute: number): number =>
      calls.filter((at) => at >= minute * 60_100 && at < (minute + 1) * 60_100).length;
    await vi.advanceTimersByTimeAsync(5 * 60_100);
    expect(inMinute(0)).toBe(100);
    expect(inMinute(3)).toBeLessThanOrEqual(96);
    expect(inMinute(3)).toBeGreaterThanOrEqual(90);
  });

  it('is forgotten by a process that made no call for a window', async () => {
    const { calls, askMany } = processOf(refusing(1));
    await Promise.all([askMany(2), vi.advanceTimersByTimeAsync(130_000)]);
    const before = calls.length;
    void askMany(10);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(calls).toHaveLength(before + 10);
  });
});

describe('a probe', () => {
  /** Calls of the fifth window of a process that had its sixth call refused and every other admitted. */
  async function callsLater(random: () => number): Promise<number> {
    const { calls, askMany } = processOf(refusing(5), random);
    void askMany(200);
    await vi.advanceTimersByTimeAsync(5 * 60_100);
    return calls.filter((at) => at >= 4 * 60_100).length;
  }

  it('that is admitted makes the share grow', async () => {
    expect(await callsLater(() => 0.5)).toBe(5);
    expect(await callsLater(() => 0)).toBeGreaterThanOrEqual(8);
  });
});

describe('a Retry-After', () => {
  it.each([
    [20_000, 20_050],
    [86_400_000, 300_050],
  ])('of %i ms holds every call until %i ms, and closes nothing', async (retryAfterMs, until) => {
    const { calls, askMany } = processOf((call) => (call === 0 ? { retryAfterMs } : 'admitted'));
    void askMany(10);
    await vi.advanceTimersByTimeAsync(until - 1);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(calls).toHaveLength(10);
  });

  it('is given to callers that cannot wait as long', async () => {
    const { ask } = processOf(() => ({ retryAfterMs: 20_000 }));
    void ask();
    await vi.advanceTimersByTimeAsync(1_050);
    expect(await ask(100, 10_000)).toBe(19_000);
  });
});

describe('a caller', () => {
  it('that waits is turned away when its time is up, and those behind it go on', async () => {
    const { calls, ask, askMany } = processOf(refusing(1));
    void askMany(2);
    await vi.advanceTimersByTimeAsync(260);
    const first = ask(100, 10_000);
    const second = ask();
    await vi.advanceTimersByTimeAsync(65_000);
    expect(await first).toBeGreaterThan(0);
    expect(await second).toBeUndefined();
    expect(calls).toHaveLength(3);
  });

  it('that does not use its slot leaves it to the next', async () => {
    const { calls, pacer, ask } = processOf();
    const place = await pacer.acquire(1, 0);
    if (place.kind === 'slot') place.release('unused');
    void ask(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual([0]);
  });
});

it('lets four calls leave at once, the first of which was admitted, whatever the limit', async () => {
  for (const limit of [5, 20, 100]) {
    const pacer = new Pacer(() => Date.now());
    const first = await pacer.acquire(limit, 0);
    if (first.kind === 'slot') first.release('admitted');
    const others = await Promise.all(Array.from({ length: 5 }, () => pacer.acquire(limit, 0)));
    expect(others.map(({ kind }) => kind)).toEqual(['slot', 'slot', 'slot', 'too_late', 'too_late']);
    for (const other of others) if (other.kind === 'slot') other.release('admitted');
  }
});
