import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Pacer } from '../../../lib/limits/pacer.ts';
import { runs } from '../../helpers/properties.ts';
import { type Answer, processOf, START, usePacerTime } from './paced-process.ts';

usePacerTime();

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
      { numRuns: runs(12) },
    );
  });
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
});
