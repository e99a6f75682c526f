import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { Attempt, VodCall, VodPort } from '../../../lib/cancel/vod-port.ts';
import { deadlineOf } from '../../../lib/limits/deadline.ts';
import {
  CANCELLED,
  contextOf,
  FORBIDDEN,
  GUARDED,
  INTERNAL,
  LOST,
  NOT_QUEUED,
  run,
  THROTTLED,
  time,
  UNREACHABLE,
  useScriptedTime,
  vodOf,
} from './scripted-cancel.ts';

useScriptedTime();

describe('a last moment for calls', () => {
  const NOW = Date.parse('2026-01-02T03:04:05Z');

  beforeEach(() => {
    vi.setSystemTime(NOW);
  });

  const runUntil = async (notAfterMs: number, answers: readonly Attempt[], more: Partial<CancelContext> = {}) => {
    const { vod, calls } = vodOf({ answers });
    const sleep = async (ms: number) => {
      vi.setSystemTime(Date.now() + ms);
    };
    return {
      conclusion: await cancelQueuedTranscode('a', contextOf(vod, 60_000, { sleep, ...more }), notAfterMs),
      calls,
    };
  };

  it('is kept: there is nothing to do past it', async () => {
    const { conclusion, calls } = await runUntil(NOW - 1, [CANCELLED]);
    expect(conclusion).toMatchObject({ reason: 'ignored', attempts: 0 });
    expect(conclusion.detail).toMatch(/not_after.*passed/);
    expect(calls.cancel).toBe(0);
    expect((await runUntil(NOW, [CANCELLED])).conclusion.reason).toBe('cancelled');
  });

  it('that has passed lets nothing wait for a slot of the pace', async () => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    await limits.pacer.acquire(4, 0);
    const { conclusion } = await runUntil(NOW - 1, [CANCELLED], { limits, callsPerMinute: 4 });
    expect([conclusion.reason, Date.now()]).toEqual(['ignored', NOW]);
  });

  it.each([
    [7_000, 'ignored', 0],
    [8_000, 'cancelled', 1],
  ])('can pass while a slot of the pace is waited for: %i ms, %s', async (ms, reason, made) => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    // The next slot at four a minute is 7.5 s away then.
    await limits.pacer.acquire(4, 0);
    const { conclusion, calls } = await runUntil(NOW + ms, [CANCELLED], { limits, callsPerMinute: 4 });
    expect([conclusion.reason, calls.cancel]).toEqual([reason, made]);
  });

  it.each([
    [1_999, 1, 0],
    [2_000, 2, 2_000],
  ])('allows a retry that is due at it, and waits for no other: %i ms, %i calls', async (ms, made, waitedMs) => {
    const { calls } = await runUntil(NOW + ms, [THROTTLED, CANCELLED]);
    expect([calls.cancel, Date.now() - NOW]).toEqual([made, waitedMs]);
  });

  it('prevents another attempt, and the result of the first one counts', async () => {
    const { conclusion, calls } = await runUntil(NOW + 500, [THROTTLED, CANCELLED]);
    expect(conclusion).toMatchObject({ reason: 'throttled', attempts: 1 });
    expect(calls.cancel).toBe(1);
  });
});

describe('what is tried again', () => {
  it.each([
    ['lost', [LOST, CANCELLED], 2, 'cancelled'],
    ['internal', [INTERNAL, CANCELLED], 2, 'cancelled'],
    ['unreachable', [UNREACHABLE, CANCELLED], 2, 'cancelled'],
    ['throttled', [THROTTLED, CANCELLED], 2, 'cancelled'],
    ['for as many attempts as allowed', [INTERNAL, INTERNAL, INTERNAL, CANCELLED], 3, 'vod_internal'],
    ['throttled without a word on when, once', [THROTTLED, THROTTLED, CANCELLED], 2, 'throttled'],
    ['not: not queued', [NOT_QUEUED, CANCELLED], 1, 'not_queued'],
    ['not: a refused key', [GUARDED, CANCELLED], 1, 'refused'],
    ['not: a refused permission', [FORBIDDEN, CANCELLED], 1, 'refused'],
    [
      'not: an undocumented answer',
      [{ verdict: 'undocumented_retryable' as const }, CANCELLED],
      1,
      'undocumented_retryable',
    ],
  ])('%s', async (_name, answers, attempts, reason) => {
    const { conclusion, calls } = await run({ answers });
    expect(conclusion).toMatchObject({ attempts, reason });
    expect(calls.cancel).toBe(attempts);
  });

  it('backs off with full jitter from 100 ms, doubling', async () => {
    await run({ answers: [INTERNAL] }, 60_000, { maxAttempts: 10 });
    expect(time.sleeps).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
    time.sleeps = [];
    await run({ answers: [INTERNAL] }, 60_000, { maxAttempts: 3, random: () => 0 });
    expect(time.sleeps).toEqual([0, 0]);
  });

  it('waits from 1 to 2 s where VOD throttles and does not say for how long', async () => {
    await run({ answers: [THROTTLED, CANCELLED] }, 10_000, { random: () => 0 });
    await run({ answers: [THROTTLED, CANCELLED] }, 10_000, { random: () => 1 });
    expect(time.sleeps).toEqual([1_000, 2_000]);
  });

  it('waits as long as Retry-After says, and a little', async () => {
    const throttled = { ...THROTTLED, retryAfterMs: 4_000 };
    const { conclusion } = await run({ answers: [throttled, throttled, CANCELLED] }, 20_000, { random: () => 0 });
    expect([conclusion.reason, time.sleeps]).toEqual(['cancelled', [4_000, 4_000]]);
  });

  it.each([20_000, 9_999_999_999_000])(
    'ends at once where Retry-After reaches past the time left (%i ms)',
    async (retryAfterMs) => {
      const { conclusion } = await run({ answers: [{ ...THROTTLED, retryAfterMs }] });
      expect([conclusion.attempts, conclusion.retryAfterSeconds, time.sleeps]).toEqual([1, retryAfterMs / 1000, []]);
    },
  );

  it('does not wait an hour on a host that sets no deadline', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 3_600_000 }] });
    const deadline = deadlineOf(undefined, 300, () => time.now);
    await cancelQueuedTranscode('a', contextOf(vod, 0, { deadline }));
    expect(calls.cancel).toBe(1);
  });
});

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
    expect(conclusion).not.toHaveProperty('retryAfterSeconds');
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

describe('the report of a call', () => {
  const FACTS = { status: 204, code: undefined, cause: undefined, vodRequestId: undefined, reused: false };

  it('has its number, its duration and the wait before it, and is made only if it is read', async () => {
    const calls: VodCall[] = [];
    const { vod } = vodOf({ answers: [] });
    const reports: unknown[] = [];
    const reporting: VodPort = {
      cancel: async (_assetId, _timeoutMs, report) => {
        reports.push(report);
        const attempt = reports.length === 1 ? INTERNAL : NOT_QUEUED;
        report?.({ ...FACTS, verdict: attempt.verdict });
        return attempt;
      },
      readStatus: async (_assetId, _timeoutMs, report) => {
        report?.({ ...FACTS, verdict: 'read' });
        return undefined;
      },
    };
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const context = contextOf({ ...vod, ...reporting }, 60_000, { sleep, onCall: (call) => calls.push(call) });
    const conclusion = await cancelQueuedTranscode('a', context);
    expect(calls).toMatchObject([
      { ...FACTS, call: 'cancel', assetId: 'a', attempt: 1, verdict: 'internal', waitedMs: 0 },
      { ...FACTS, call: 'cancel', assetId: 'a', attempt: 2, verdict: 'not_queued' },
      { ...FACTS, call: 'status', assetId: 'a', attempt: 1, verdict: 'read', waitedMs: 0 },
    ]);
    expect(calls[1]?.waitedMs).toBeGreaterThanOrEqual(100);
    expect(calls.every(({ durationMs }) => durationMs >= 0 && durationMs < 100)).toBe(true);
    expect(conclusion.waitedMs).toBe(calls[1]?.waitedMs);
    reports.length = 0;
    await cancelQueuedTranscode('a', contextOf(reporting, 60_000, { sleep }));
    expect(reports).toEqual([undefined, undefined]);
  });
});
