import { beforeEach, vi } from 'vitest';
import { cancelQueuedTranscode } from '../../../lib/cancel/cancel.ts';
import type { CancelContext } from '../../../lib/cancel/context.ts';
import type { AssetStatus, Attempt, VodPort } from '../../../lib/cancel/vod-port.ts';
import { deadlineOf } from '../../../lib/limits/deadline.ts';
import { KeyGuard, type KeyVerdict } from '../../../lib/limits/key-guard.ts';
import { Pacer, type SlotOutcome } from '../../../lib/limits/pacer.ts';
import type { ProcessLimits } from '../../../lib/limits/process-limits.ts';
import { RetryBudget } from '../../../lib/limits/retry-budget.ts';
import { useVirtualTime } from '../../helpers/virtual-time.ts';

const error = (code: string) => ({ code, message: 'm' });

export const CANCELLED: Attempt = { verdict: 'cancelled', keyVerdict: 'accepted' };
export const NOT_QUEUED: Attempt = { verdict: 'not_queued', error: error('VOD.10083'), keyVerdict: 'accepted' };
export const LOST: Attempt = { verdict: 'lost', error: error('VOD_TIMEOUT') };
export const INTERNAL: Attempt = { verdict: 'vod_internal', error: error('VOD.10051'), keyVerdict: 'accepted' };
export const UNREACHABLE: Attempt = { verdict: 'unreachable', error: error('VOD_UNREACHABLE') };
export const THROTTLED: Attempt = { verdict: 'throttled', error: error('APIGW.0308') };
export const GUARDED: Attempt = { verdict: 'refused', error: error('APIGW.0301'), keyVerdict: 'refused' };
export const FORBIDDEN: Attempt = { verdict: 'refused', error: error('VOD.10074'), keyVerdict: 'accepted' };

/** A clock that moves only when somebody sleeps or a call takes its time, and the sleeps so far. In milliseconds. */
export const time = { now: 0, sleeps: [] as number[] };

/** Resets the clock before each test. Timers run in virtual time. */
export function useScriptedTime(): void {
  useVirtualTime();
  beforeEach(() => {
    time.now = 0;
    time.sleeps = [];
  });
}

export interface Script {
  readonly answers: readonly Attempt[];
  /** How long each call takes, in milliseconds. */
  readonly callMs?: number;
  readonly status?: AssetStatus;
}

export function vodOf({ answers, callMs = 10, status }: Script) {
  const calls = { cancel: 0, read: 0, timeouts: [] as number[] };
  const vod: VodPort = {
    cancel: async (_assetId, timeoutMs) => {
      calls.timeouts.push(timeoutMs);
      time.now += Math.min(callMs, timeoutMs);
      calls.cancel += 1;
      return answers[Math.min(calls.cancel, answers.length) - 1] ?? LOST;
    },
    readStatus: async (_assetId, timeoutMs) => {
      calls.timeouts.push(timeoutMs);
      time.now += Math.min(callMs, timeoutMs);
      calls.read += 1;
      return status;
    },
  };
  return { vod, calls };
}

export function contextOf(vod: VodPort, remainingMs = 10_000, more: Partial<CancelContext> = {}): CancelContext {
  const begunAt = Date.now();
  const clock = () => time.now + Date.now() - begunAt;
  return {
    keyed: { vod, keyId: 'k' },
    deadline: deadlineOf(remainingMs, 300, clock),
    attemptTimeoutMs: 3_000,
    maxAttempts: 3,
    callsPerMinute: Number.POSITIVE_INFINITY,
    limits: { pacer: new Pacer(clock), keys: new KeyGuard(clock), budget: new RetryBudget() },
    random: () => 1,
    sleep: async (ms) => {
      time.sleeps.push(ms);
      time.now += ms;
    },
    ...more,
  };
}

export async function run(script: Script, remainingMs?: number, more?: Partial<CancelContext>) {
  const { vod, calls } = vodOf(script);
  const conclusion = await cancelQueuedTranscode('a', contextOf(vod, remainingMs, more));
  return { conclusion, calls };
}

/**
 * Records what cancels say of their slots and permits when they give them back.
 *
 * @param frozenMs - how long the process stands still after each wait for a slot or a permit
 */
export function recordReleases({ pacer, keys }: ProcessLimits, frozenMs = { slot: 0, permit: 0 }) {
  const slots: (readonly [SlotOutcome, number | undefined])[] = [];
  const verdicts: KeyVerdict[] = [];
  const acquireSlot = pacer.acquire.bind(pacer);
  vi.spyOn(pacer, 'acquire').mockImplementation(async (...asked) => {
    const slot = await acquireSlot(...asked);
    time.now += frozenMs.slot;
    if (slot.kind !== 'slot') return slot;
    const release = (outcome: SlotOutcome, retryAfterMs?: number): void => {
      slots.push([outcome, retryAfterMs]);
      slot.release(outcome, retryAfterMs);
    };
    return { ...slot, release };
  });
  const acquirePermit = keys.acquire.bind(keys);
  vi.spyOn(keys, 'acquire').mockImplementation(async (...asked) => {
    const permit = await acquirePermit(...asked);
    time.now += frozenMs.permit;
    if (permit.kind !== 'permit') return permit;
    const release = (verdict: KeyVerdict): void => {
      verdicts.push(verdict);
      permit.release(verdict);
    };
    return { ...permit, release };
  });
  return { slots, verdicts };
}
