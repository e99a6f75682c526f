import { describe, expect, it } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { VodCall, VodPort } from '../../../lib/cancel/vod-port.ts';
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

describe('what is tried again', () => {
  it.each([
    ['lost', [LOST, CANCELLED], 2, 'cancelled'],
    ['vod_internal', [INTERNAL, CANCELLED], 2, 'cancelled'],
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
      expect([conclusion.attempts, conclusion.retryAfterMs, time.sleeps]).toEqual([1, retryAfterMs, []]);
    },
  );

  it('does not wait an hour on a host that sets no deadline', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 3_600_000 }] });
    const deadline = deadlineOf(undefined, 300, () => time.now);
    await cancelQueuedTranscode('a', contextOf(vod, 0, { deadline }));
    expect(calls.cancel).toBe(1);
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
      { ...FACTS, call: 'cancel', assetId: 'a', attempt: 1, verdict: 'vod_internal', waitedMs: 0 },
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
