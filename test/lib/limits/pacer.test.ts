import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer, type SlotOutcome } from '../../../lib/limits/pacer.ts';

const START = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

type Answer = SlotOutcome | { readonly retryAfterMs: number };

/** A process whose calls take 50 ms and get the answers that `answerOf` gives. No call is a probe by chance. */
function processOf(answerOf: (call: number) => Answer = () => 'admitted', random: () => number = () => 0.5) {
  const pacer = new Pacer(() => Date.now(), random);
  const calls: number[] = [];
  const ask = async (limit = 100, maxWaitMs = 1e9): Promise<number | undefined> => {
    const place = await pacer.acquire(limit, maxWaitMs);
    if (place.kind === 'too_late') return place.waitMs;
    const answer = answerOf(calls.length);
    calls.push(Date.now() - START);
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (typeof answer === 'string') place.release(answer);
    else place.release('refused', answer.retryAfterMs);
    return undefined;
  };
  const askMany = (count: number, limit?: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => ask(limit)));
  return { pacer, calls, ask, askMany };
}

/** Refuses the calls with these numbers. */
const refusing =
  (...refused: readonly number[]) =>
  (call: number): Answer =>
    refused.includes(call) ? 'refused' : 'admitted';

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

it('a clock that is set back neither stops a process nor lets it overrun', async () => {
  let offset = 0;
  const pacer = new Pacer(() => Date.now() + offset);
  let calls = 0;
  const callForEver = async (): Promise<void> => {
    for (;;) {
      const place = await pacer.acquire(10, 1e9);
      calls += 1;
      if (place.kind === 'slot') place.release('admitted');
    }
  };
  void callForEver();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(calls).toBe(10);
  offset = -86_400_000;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(calls).toBe(10);
  await vi.advanceTimersByTimeAsync(90_000);
  expect(calls).toBeGreaterThanOrEqual(20);
});

/** The shortest time in which one call more than the limit was made. */
const leastSpan = (calls: readonly number[], limit: number): number =>
  Math.min(...calls.slice(limit).map((at, index) => at - (calls[index] ?? at)));

const longestPause = (calls: readonly number[]): number =>
  calls.length < 2
    ? Number.POSITIVE_INFINITY
    : Math.max(...calls.slice(1).map((at, index) => at - (calls[index] ?? at)));

describe('for any script of asks and answers', () => {
  const outcome = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Answer>('admitted') },
    { weight: 3, arbitrary: fc.constant<Answer>('refused') },
    fc.constant<Answer>('lost'),
    fc.constant<Answer>('unused'),
    fc.integer({ min: 1_000, max: 400_000 }).map((retryAfterMs): Answer => ({ retryAfterMs })),
  );
  const script = fc.record({
    limit: fc.constantFrom(1, 2, 5, 40, 100),
    answers: fc.array(outcome, { maxLength: 150 }),
    asks: fc.array(fc.record({ pauseMs: fc.nat(90_000), count: fc.nat(40), patienceMs: fc.nat(120_000) }), {
      minLength: 1,
      maxLength: 12,
    }),
    seed: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
  });

  it('a process makes no more calls in any 60 s than its limit, and a call every 70 s once VOD answers well', async () => {
    await fc.assert(
      fc.asyncProperty(script, async ({ limit, answers, asks, seed }) => {
        const unused = new Set<number>();
        const { calls, ask, askMany } = processOf(
          (call) => {
            const answer = answers[call] ?? 'admitted';
            if (answer === 'unused') unused.add(call);
            return answer;
          },
          () => seed.next().value,
        );
        for (const { pauseMs, count, patienceMs } of asks) {
          for (let i = 0; i < count; i += 1) void ask(limit, patienceMs);
          await vi.advanceTimersByTimeAsync(pauseMs);
        }
        // Every answer of the script is given, and whatever Retry-After it held has passed.
        void askMany(answers.length + 10, limit);
        while (calls.length < answers.length) await vi.advanceTimersByTimeAsync(60_000);
        await vi.advanceTimersByTimeAsync(300_000);
        const well = Date.now() - START;
        void askMany(500, limit);
        await vi.advanceTimersByTimeAsync(300_000);
        const made = calls.filter((_, call) => !unused.has(call));
        expect(leastSpan(made, limit)).toBeGreaterThanOrEqual(60_000);
        expect(longestPause([well, ...calls.filter((at) => at >= well)])).toBeLessThanOrEqual(70_000);
        vi.clearAllTimers();
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

it('a process that lives for weeks keeps no more than its window', async () => {
  vi.useRealTimers();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let now = 0;
  const pacer = new Pacer(() => now);
  const callMany = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      now += 700;
      const place = await pacer.acquire(100, 0);
      if (place.kind === 'slot') place.release('admitted');
    }
  };
  await callMany(10_000);
  collect();
  const before = process.memoryUsage().heapUsed;
  await callMany(400_000);
  collect();
  // The records of 400,000 calls would take 25 MB and more.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8_000_000);
}, 60_000);

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
