import { describe, expect, it } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { Attempt } from '../../../lib/cancel/vod-port.ts';
import { deadlineOf } from '../../../lib/limits/deadline.ts';
import type { KeyVerdict } from '../../../lib/limits/key-guard.ts';
import type { SlotOutcome } from '../../../lib/limits/pacer.ts';
import { RetryBudget } from '../../../lib/limits/retry-budget.ts';
import {
  CANCELLED,
  contextOf,
  FORBIDDEN,
  GUARDED,
  INTERNAL,
  LOST,
  NOT_QUEUED,
  recordReleases,
  run,
  THROTTLED,
  time,
  UNREACHABLE,
  useScriptedTime,
  vodOf,
} from './scripted-cancel.ts';

useScriptedTime();

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
    expect(last).toMatchObject({ attempts: 0, error: { code: 'PACE_LIMIT' }, retryAfterMs: 60_090 });
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

  it('a wrong key: of 40 cancels at once, one makes a call, and the others get the length of the pause', async () => {
    const { vod, calls } = vodOf({ answers: [GUARDED] });
    const context = contextOf(vod);
    const all = await Promise.all(Array.from({ length: 40 }, () => cancelQueuedTranscode('a', context)));
    expect(calls.cancel).toBe(1);
    expect(all.filter(({ reason }) => reason === 'refused')).toHaveLength(1);
    expect(all.filter(({ reason }) => reason === 'key_paused')).toHaveLength(39);
    expect(all.at(-1)).toMatchObject({
      attempts: 0,
      retryAfterMs: 60_000,
      error: { code: 'CREDENTIALS_REFUSED_RECENTLY' },
    });
    const other = await cancelQueuedTranscode('a', { ...context, keyed: { vod, keyId: 'another key' } });
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

  it('a Retry-After: a cancel that waits for its slot ends at once where it reaches past its time', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 120_000 }], callMs: 50 });
    const context = contextOf(vod, 20_000);
    const both = await Promise.all(['a', 'b'].map((id) => cancelQueuedTranscode(id, context)));
    expect(both.map(({ reason }) => reason)).toEqual(['throttled', 'pace_limit']);
    expect([calls.cancel, time.now]).toEqual([1, 50]);
  });

  it('a Retry-After: no cancel leaves before it has passed, whatever its key', async () => {
    const { vod, calls } = vodOf({ answers: [{ ...THROTTLED, retryAfterMs: 120_000 }, CANCELLED] });
    const context = contextOf(vod, 10_000);
    await cancelQueuedTranscode('a', context);
    const other = { ...context, keyed: { vod, keyId: 'another key' }, deadline: deadlineOf(10_000, 300, () => 0) };
    expect(await cancelQueuedTranscode('b', other)).toMatchObject({
      reason: 'pace_limit',
      attempts: 0,
      retryAfterMs: 120_000,
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

describe('the retry budget', () => {
  it.each<readonly [string, readonly Attempt[], number, number]>([
    ['grows by one after a decision without a retry', [CANCELLED], 100, 101],
    ['gets back what the retry before the decision cost', [INTERNAL, CANCELLED], 100, 100],
    ['gets back what a retry after throttling cost', [THROTTLED, NOT_QUEUED], 100, 100],
    ['gets back the last of two retries', [INTERNAL, INTERNAL, { ...NOT_QUEUED, verdict: 'not_found' }], 100, 86],
    ['gets nothing back without a decision', [INTERNAL, INTERNAL, INTERNAL], 100, 72],
    ['gets nothing after a refusal', [FORBIDDEN], 100, 100],
    ['keeps what is too little for a retry', [INTERNAL, CANCELLED], 13, 13],
  ])('%s', async (_, answers, tokens, left) => {
    const limits = { ...contextOf(vodOf({ answers }).vod).limits, budget: new RetryBudget(tokens) };
    await run({ answers }, 60_000, { limits });
    expect(limits.budget.tokens).toBe(left);
  });

  it('gets back what a retry cost that found no slot', async () => {
    const limits = { ...contextOf(vodOf({ answers: [] }).vod).limits, budget: new RetryBudget(100) };
    const { conclusion } = await run({ answers: [INTERNAL] }, 5_000, { limits, callsPerMinute: 1 });
    expect([conclusion.attempts, limits.budget.tokens]).toEqual([1, 100]);
  });

  it('ends a cancel at once when it is empty', async () => {
    const limits = { ...contextOf(vodOf({ answers: [] }).vod).limits, budget: new RetryBudget(0) };
    const { conclusion } = await run({ answers: [INTERNAL, CANCELLED] }, 60_000, { limits });
    expect([conclusion.reason, conclusion.attempts, time.sleeps]).toEqual(['vod_internal', 1, []]);
  });
});

describe('what a call says to the pace and to the key guard', () => {
  const rows: readonly (readonly [string, Attempt, SlotOutcome, KeyVerdict])[] = [
    ['cancelled', CANCELLED, 'admitted', 'accepted'],
    ['not queued', NOT_QUEUED, 'admitted', 'accepted'],
    ['refused permission', FORBIDDEN, 'admitted', 'accepted'],
    ['refused key', GUARDED, 'admitted', 'refused'],
    ['an internal error with a code of VOD', INTERNAL, 'lost', 'accepted'],
    ['throttled', THROTTLED, 'refused', 'unsettled'],
    ['throttled with Retry-After', { ...THROTTLED, retryAfterMs: 2_000 }, 'refused', 'unsettled'],
    ['unavailable with Retry-After', { verdict: 'vod_internal', retryAfterMs: 2_000 }, 'lost', 'unsettled'],
    ['a lost answer', LOST, 'lost', 'unsettled'],
    ['no connection', UNREACHABLE, 'lost', 'unsettled'],
  ];

  it.each(rows)('%s', async (_, attempt, outcome, verdict) => {
    const { vod } = vodOf({ answers: [attempt] });
    const context = contextOf(vod, 60_000, { maxAttempts: 1 });
    const { slots, verdicts } = recordReleases(context.limits);
    await cancelQueuedTranscode('a', context);
    expect([slots, verdicts[0]]).toEqual([[[outcome, attempt.retryAfterMs]], verdict]);
  });

  it('nothing, if the process stood still until it was too late for the call', async () => {
    const { vod, calls } = vodOf({ answers: [CANCELLED] });
    const context = contextOf(vod);
    const { slots, verdicts } = recordReleases(context.limits, { slot: 9_500, permit: 0 });
    const conclusion = await cancelQueuedTranscode('a', context);
    expect([conclusion.reason, conclusion.attempts, calls.cancel]).toEqual(['deadline', 0, 0]);
    expect([slots, verdicts]).toEqual([[['unused', undefined]], ['unsettled']]);
  });

  it('that it may have been made, if a bug ends it', async () => {
    const bug = new TypeError('bug');
    const vod = { ...vodOf({ answers: [] }).vod, cancel: () => Promise.reject(bug) };
    const context = contextOf(vod);
    const { slots, verdicts } = recordReleases(context.limits);
    await expect(cancelQueuedTranscode('a', context)).rejects.toBe(bug);
    expect([slots, verdicts]).toEqual([[['lost', undefined]], ['unsettled']]);
  });
});

it('a cancel that cannot wait for its turn with a key makes no call', async () => {
  const { vod, calls } = vodOf({ answers: [CANCELLED] });
  const context = contextOf(vod);
  await context.limits.keys.acquire('k', 0);
  expect(await cancelQueuedTranscode('a', context)).toMatchObject({ reason: 'deadline', attempts: 0 });
  expect(calls.cancel).toBe(0);
});
