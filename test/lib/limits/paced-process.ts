import { afterEach, beforeEach, vi } from 'vitest';
import { Pacer, type SlotOutcome } from '../../../lib/limits/pacer.ts';

export const START = Date.UTC(2026, 0, 1);

/** Each test begins at {@link START}, and time moves only when the test says so. */
export function usePacerTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export type Answer = SlotOutcome | { readonly retryAfterMs: number };

/** A process whose calls take 50 ms and get the answers that `answerOf` gives. No call is a probe by chance. */
export function processOf(answerOf: (call: number) => Answer = () => 'admitted', random: () => number = () => 0.5) {
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
export const refusing =
  (...refused: readonly number[]) =>
  (call: number): Answer =>
    refused.includes(call) ? 'refused' : 'admitted';
