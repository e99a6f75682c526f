import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CANCELLED,
  GUARDED,
  INTERNAL,
  LOST,
  NOT_QUEUED,
  run,
  THROTTLED,
  time,
  UNREACHABLE,
  useScriptedTime,
} from './scripted-cancel.ts';

useScriptedTime();

describe('the deadline', () => {
  it('cuts an attempt to the time left before the reserve', async () => {
    const { calls } = await run({ answers: [CANCELLED] }, 2_300);
    expect(calls.timeouts).toEqual([1_980]);
  });

  it('gives an attempt no more than its timeout', async () => {
    const { calls } = await run({ answers: [INTERNAL, CANCELLED] }, 60_000, { attemptTimeoutMs: 1_500 });
    expect(calls.timeouts).toEqual([1_500, 1_500]);
  });

  it.each([
    [659, 1, []],
    [660, 2, [100]],
  ])(
    'allows a retry that starts 250 ms before it: of %i ms the reserve takes 300, the call 10',
    async (ms, made, waits) => {
      const { calls } = await run({ answers: [INTERNAL, CANCELLED] }, ms);
      expect([calls.cancel, time.sleeps]).toEqual([made, waits]);
    },
  );

  it('starts no call with less than 250 ms', async () => {
    expect((await run({ answers: [CANCELLED] }, 549)).conclusion).toMatchObject({
      reason: 'deadline',
      attempts: 0,
      error: { code: 'DEADLINE' },
    });
    expect((await run({ answers: [CANCELLED] }, 550)).conclusion.reason).toBe('cancelled');
  });

  it('is reported neither as a retry-after nor as a wait', async () => {
    const { conclusion } = await run({ answers: [CANCELLED] }, 0);
    expect(conclusion.retryAfterMs).toBeUndefined();
    expect(conclusion).not.toHaveProperty('waitedMs');
  });

  it('is kept whatever VOD does, and no more attempts are made than allowed', async () => {
    const anyAnswer = fc.constantFrom(CANCELLED, NOT_QUEUED, LOST, INTERNAL, UNREACHABLE, THROTTLED, GUARDED, {
      ...THROTTLED,
      retryAfterMs: 700,
    });
    const script = fc.record({ answers: fc.array(anyAnswer, { minLength: 1, maxLength: 10 }), callMs: fc.nat(6_000) });
    await fc.assert(
      fc.asyncProperty(
        script,
        fc.nat(20_000),
        fc.integer({ min: 1, max: 10 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        async (one, remainingMs, maxAttempts, jitter) => {
          time.now = 0;
          const { conclusion, calls } = await run(one, remainingMs, { maxAttempts, random: () => jitter });
          expect(time.now).toBeLessThanOrEqual(Math.max(0, remainingMs - 300));
          expect(calls.cancel).toBeLessThanOrEqual(maxAttempts);
          expect(conclusion.attempts).toBe(calls.cancel);
          expect(calls.read).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
