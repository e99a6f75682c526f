import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { AssetStatus, Attempt, KeyedVod, VodCall, VodPort } from '../../../lib/cancel/vod-port.ts';
import { deadlineOf } from '../../../lib/limits/deadline.ts';
import { KeyGuard } from '../../../lib/limits/key-guard.ts';
import { Pacer } from '../../../lib/limits/pacer.ts';
import { RetryBudget } from '../../../lib/limits/retry-budget.ts';
import { useVirtualTime } from '../../helpers/virtual-time.ts';

const error = (code: string) => ({ code, message: 'm' });

const CANCELLED: Attempt = { verdict: 'cancelled', keyAccepted: true };
const NOT_QUEUED: Attempt = { verdict: 'not_queued', error: error('VOD.10083'), keyAccepted: true };
const LOST: Attempt = { verdict: 'lost', error: error('VOD_TIMEOUT') };
const INTERNAL: Attempt = { verdict: 'internal', error: error('VOD.10051'), keyAccepted: true };
const UNREACHABLE: Attempt = { verdict: 'unreachable', error: error('VOD_UNREACHABLE') };
const THROTTLED: Attempt = { verdict: 'throttled', error: error('APIGW.0308') };
const GUARDED: Attempt = { verdict: 'refused', error: error('APIGW.0301'), guarded: true };
const FORBIDDEN: Attempt = { verdict: 'refused', error: error('VOD.10074'), guarded: false, keyAccepted: true };

/** A clock that moves only when somebody sleeps or a call takes its time. */
let now = 0;
let sleeps: number[] = [];

useVirtualTime();

beforeEach(() => {
  now = 0;
  sleeps = [];
});

interface Script {
  readonly answers: readonly Attempt[];
  /** How long each call takes, in milliseconds. */
  readonly callMs?: number;
  readonly status?: AssetStatus;
}

function vodOf({ answers, callMs = 10, status }: Script) {
  const calls = { cancel: 0, read: 0, timeouts: [] as number[] };
  const vod: VodPort = {
    cancel: async (_assetId, timeoutMs) => {
      calls.timeouts.push(timeoutMs);
      now += Math.min(callMs, timeoutMs);
      calls.cancel += 1;
      return answers[Math.min(calls.cancel, answers.length) - 1] ?? LOST;
    },
    readStatus: async (_assetId, timeoutMs) => {
      now += Math.min(callMs, timeoutMs);
      calls.read += 1;
      return status;
    },
  };
  return { vod, calls };
}

function contextOf(vod: VodPort, remainingMs = 10_000, more: Partial<CancelContext> = {}): CancelContext {
  const begunAt = Date.now();
  const clock = () => now + Date.now() - begunAt;
  return {
    vod,
    keyId: 'k',
    deadline: deadlineOf(remainingMs, 300, clock),
    attemptTimeoutMs: 3_000,
    maxAttempts: 3,
    callsPerMinute: Number.POSITIVE_INFINITY,
    limits: { pacer: new Pacer(clock), keys: new KeyGuard(clock), budget: new RetryBudget() },
    random: () => 1,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
    ...more,
  };
}

async function run(script: Script, remainingMs?: number, more?: Partial<CancelContext>) {
  const { vod, calls } = vodOf(script);
  const conclusion = await cancelQueuedTranscode('a', contextOf(vod, remainingMs, more));
  return { conclusion, calls };
}

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
    expect(calls.cancel).toBe(0);
    expect((await runUntil(NOW, [CANCELLED])).conclusion.reason).toBe('cancelled');
  });

  it.each([
    [6_000, 'ignored', 0],
    [6_500, 'cancelled', 1],
  ])('can pass while a slot of the pace is waited for: %i ms, %s', async (ms, reason, made) => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    // The next slot at four a minute is 6.25 s away then.
    await limits.pacer.acquire(4, 0);
    const { conclusion, calls } = await runUntil(NOW + ms, [CANCELLED], { limits, callsPerMinute: 4 });
    expect([conclusion.reason, calls.cancel]).toEqual([reason, made]);
  });

  it.each([
    [1_999, 1],
    [2_000, 2],
  ])('allows a retry that is due at it: %i ms, %i calls', async (ms, made) => {
    const { calls } = await runUntil(NOW + ms, [THROTTLED, CANCELLED]);
    expect(calls.cancel).toBe(made);
  });

  it('is not waited over for another attempt, and what came of the first one stands', async () => {
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
    expect(sleeps).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
    sleeps = [];
    await run({ answers: [INTERNAL] }, 60_000, { maxAttempts: 3, random: () => 0 });
    expect(sleeps).toEqual([0, 0]);
  });

  it('waits from 1 to 2 s where VOD throttles and does not say for how long', async () => {
    await run({ answers: [THROTTLED, CANCELLED] }, 10_000, { random: () => 0 });
    await run({ answers: [THROTTLED, CANCELLED] }, 10_000, { random: () => 1 });
    expect(sleeps).toEqual([1_000, 2_000]);
  });

  it('waits as long as Retry-After says, and a little', async () => {
    const throttled = { ...THROTTLED, retryAfterMs: 4_000 };
    const { conclusion } = await run({ answers: [throttled, throttled, CANCELLED] }, 20_000, { random: () => 0 });
    expect([conclusion.reason, sleeps]).toEqual(['cancelled', [4_000, 4_000]]);
  });

  it.each([20_000, 9_999_999_999_000])(
    'ends at once where Retry-After reaches past the time left (%i ms)',
    async (retryAfterMs) => {
      const { conclusion } = await run({ answers: [{ ...THROTTLED, retryAfterMs }] });
      expect([conclusion.attempts, conclusion.retryAfterSeconds, sleeps]).toEqual([1, retryAfterMs / 1000, []]);
    },
  );

  it('does not wait an hour on a host that sets no deadline', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 3_600_000 }] });
    const deadline = deadlineOf(undefined, 300, () => now);
    await cancelQueuedTranscode('a', contextOf(vod, 0, { deadline }));
    expect(calls.cancel).toBe(1);
  });
});

describe('the deadline', () => {
  it('cuts an attempt to the time left before the reserve', async () => {
    const { calls } = await run({ answers: [CANCELLED] }, 2_300);
    expect(calls.timeouts).toEqual([1_980]);
  });

  it('starts no call with less than 250 ms', async () => {
    expect((await run({ answers: [CANCELLED] }, 549)).conclusion).toMatchObject({
      reason: 'deadline',
      attempts: 0,
      error: { code: 'DEADLINE' },
    });
    expect((await run({ answers: [CANCELLED] }, 550)).conclusion.reason).toBe('cancelled');
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
          now = 0;
          const { conclusion, calls } = await run(one, remainingMs, { maxAttempts, random: () => jitter });
          expect(now).toBeLessThanOrEqual(Math.max(0, remainingMs - 300));
          expect(calls.cancel).toBeLessThanOrEqual(maxAttempts);
          expect(conclusion.attempts).toBe(calls.cancel);
          expect(calls.read).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('limits that invocations share', () => {
  it('the retry budget: 100 failing cancels make at most 250 calls, with any number of attempts', async () => {
    const { vod, calls } = vodOf({ answers: [INTERNAL] });
    const context = contextOf(vod, 1e9, { maxAttempts: 10, callsPerMinute: 1_000_000 });
    for (let i = 0; i < 100; i += 1) await cancelQueuedTranscode('a', context);
    expect(calls.cancel).toBeGreaterThanOrEqual(110);
    expect(calls.cancel).toBeLessThanOrEqual(250);
  });

  it('the pace: a cancel that finds no slot before its deadline makes no call and says when', async () => {
    const { vod, calls } = vodOf({ answers: [CANCELLED] });
    const context = contextOf(vod, 2_000, { callsPerMinute: 1 });
    const reasons: string[] = [];
    for (let i = 0; i < 3; i += 1) reasons.push((await cancelQueuedTranscode('a', context)).reason);
    const last = await cancelQueuedTranscode('a', context);
    expect([reasons, calls.cancel]).toEqual([['cancelled', 'pace_limit', 'pace_limit'], 1]);
    expect(last).toMatchObject({ attempts: 0, error: { code: 'PACE_LIMIT' }, retryAfterSeconds: 61 });
  });

  it('the pace: counts retries, and a retry without a slot leaves the last answer standing', async () => {
    const { conclusion, calls } = await run({ answers: [INTERNAL] }, 5_000, { callsPerMinute: 1 });
    expect([conclusion.reason, conclusion.attempts, calls.cancel]).toEqual(['vod_internal', 1, 1]);
  });

  it('a throttled call closes the pace', async () => {
    const { vod } = vodOf({ answers: [THROTTLED, CANCELLED] });
    const context = contextOf(vod, 5_000, { callsPerMinute: 10, maxAttempts: 1 });
    let granted = 0;
    while ((await cancelQueuedTranscode('a', context)).reason !== 'pace_limit') granted += 1;
    expect(granted).toBeLessThan(7);
  });

  it('a wrong key: of 40 cancels at once one makes a call, the others are told for how long it pauses', async () => {
    const { vod, calls } = vodOf({ answers: [GUARDED] });
    const context = contextOf(vod);
    const all = await Promise.all(Array.from({ length: 40 }, () => cancelQueuedTranscode('a', context)));
    expect(calls.cancel).toBe(1);
    expect(all.filter(({ reason }) => reason === 'refused')).toHaveLength(1);
    expect(all.filter(({ reason }) => reason === 'key_paused')).toHaveLength(39);
    expect(all.at(-1)).toMatchObject({
      attempts: 0,
      retryAfterSeconds: 60,
      error: { code: 'CREDENTIALS_REFUSED_RECENTLY' },
    });
    const other = await cancelQueuedTranscode('a', { ...context, keyId: 'another key' });
    expect(other.reason).toBe('refused');
  });

  it('a key that is refused while calls wait for their slot: none of them leaves', async () => {
    const { vod, calls } = vodOf({ answers: [...Array.from({ length: 5 }, () => CANCELLED), GUARDED] });
    const context = contextOf(vod, 600_000, { callsPerMinute: 12 });
    // The calls that the pace lets leave at once.
    for (let i = 0; i < 5; i += 1) await cancelQueuedTranscode('a', context);
    const waiting = Array.from({ length: 10 }, () => cancelQueuedTranscode('a', context));
    const reasons = (await Promise.all(waiting)).map(({ reason }) => reason);
    expect(calls.cancel).toBe(6);
    expect(reasons).toEqual(['refused', ...Array.from({ length: 9 }, () => 'key_paused')]);
  });

  it('a Retry-After: no cancel leaves before it has passed, whatever its key', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 120_000 }, CANCELLED] });
    const context = contextOf(vod, 10_000);
    await cancelQueuedTranscode('a', context);
    const other = { ...context, keyId: 'another key', deadline: deadlineOf(10_000, 300, () => 0) };
    expect(await cancelQueuedTranscode('b', other)).toMatchObject({
      reason: 'pace_limit',
      attempts: 0,
      retryAfterSeconds: 120,
    });
    expect(calls.cancel).toBe(1);
  });

  it('a refused permission pauses nothing', async () => {
    const { vod, calls } = vodOf({ answers: [FORBIDDEN] });
    const context = contextOf(vod);
    for (let i = 0; i < 3; i += 1) await cancelQueuedTranscode('a', context);
    expect(calls.cancel).toBe(3);
  });
});

describe('a refused key whose secret holds another one by now', () => {
  /** VOD with a key, which another key may follow. */
  const keyedAs = (keyId: string, answers: readonly Attempt[], next?: KeyedVod) => {
    const { vod, calls } = vodOf({ answers });
    const renewals: object[] = [];
    const renew = async (refusal: object) => {
      renewals.push(refusal);
      return next;
    };
    return { keyed: { vod, keyId, renew }, calls, renewals };
  };

  const cancelWith = (keyed: KeyedVod, more: Partial<CancelContext> = {}) =>
    cancelQueuedTranscode('a', contextOf(keyed.vod, 10_000, { ...keyed, ...more }));

  it('gives way to that one in the same cancel, which counts an attempt more', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    expect(await cancelWith(old.keyed)).toMatchObject({ reason: 'cancelled', attempts: 2 });
    expect([old.calls.cancel, next.calls.cancel]).toEqual([1, 1]);
  });

  it('gives way to it in the cancels that wait for the key too, which make one call each', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    const context = contextOf(old.keyed.vod, 10_000, old.keyed);
    const all = await Promise.all(Array.from({ length: 10 }, () => cancelQueuedTranscode('a', context)));
    expect(all.map(({ reason, attempts }) => [reason, attempts])).toEqual([
      ['cancelled', 2],
      ...Array.from({ length: 9 }, () => ['cancelled', 1]),
    ]);
    expect([old.calls.cancel, next.calls.cancel, new Set(old.renewals).size]).toEqual([1, 10, 1]);
  });

  it('is used no further where the secret could not be read, or holds the same key', async () => {
    const unread = keyedAs('old', [GUARDED]);
    expect(await cancelWith(unread.keyed)).toMatchObject({ reason: 'refused', attempts: 1 });
    const same = keyedAs('old', [GUARDED], keyedAs('old', [CANCELLED]).keyed);
    expect(await cancelWith(same.keyed)).toMatchObject({ reason: 'refused', attempts: 1 });
  });

  it('makes no more attempts than allowed', async () => {
    const next = keyedAs('new', [CANCELLED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    expect(await cancelWith(old.keyed, { maxAttempts: 1 })).toMatchObject({ reason: 'refused', attempts: 1 });
    expect(next.calls.cancel).toBe(0);
  });

  it('is not gone back to where the new one is refused as well', async () => {
    const limits = contextOf(vodOf({ answers: [] }).vod).limits;
    const ring: KeyedVod[] = [];
    const keyedInRing = (keyId: string, index: number) => ({
      ...keyedAs(keyId, [GUARDED]).keyed,
      renew: async () => ring[1 - index],
    });
    ring.push(keyedInRing('one', 0), keyedInRing('two', 1));
    for (const attempts of [2, 0]) {
      expect(await cancelWith(ring[0] as KeyedVod, { limits, maxAttempts: 10 })).toMatchObject({ attempts });
    }
  });

  it('is not used for the status read either, which the new one makes', async () => {
    const next = keyedAs('new', [NOT_QUEUED]);
    const old = keyedAs('old', [GUARDED], next.keyed);
    await cancelWith(old.keyed);
    expect([old.calls.read, next.calls.read]).toEqual([0, 1]);
  });
});

describe('the report of a call', () => {
  const FACTS = { status: 204, code: undefined, cause: undefined, vodRequestId: undefined, reused: false };

  it('has its number, its duration and the wait before it, and is made only if somebody listens', async () => {
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
      { ...FACTS, call: 'status', assetId: 'a', verdict: 'read', waitedMs: 0 },
    ]);
    expect(calls[2]).not.toHaveProperty('attempt');
    expect(calls[1]?.waitedMs).toBeGreaterThanOrEqual(100);
    expect(calls.every(({ durationMs }) => durationMs >= 0 && durationMs < 100)).toBe(true);
    expect(conclusion.waitedMs).toBe(calls[1]?.waitedMs);
    reports.length = 0;
    await cancelQueuedTranscode('a', contextOf(reporting, 60_000, { sleep }));
    expect(reports).toEqual([undefined, undefined]);
  });
});
