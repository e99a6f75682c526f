import { afterEach, beforeEach, vi } from 'vitest';
import { Pacer, type SlotOutcome } from '../../../lib/limits/pacer.ts';

let startedAt: number;

/** Time moves only when a test says so, and departures count from the start of the test. */
export function useDepartureTime(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    startedAt = Date.now();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** What VOD answers after 50 ms, by letter; `h` is a Retry-After of 30 s. */
const OUTCOMES: Readonly<Record<string, SlotOutcome>> = {
  a: 'admitted',
  r: 'refused',
  l: 'lost',
  u: 'unused',
  h: 'refused',
};

const msSinceStart = (): number => Date.now() - startedAt;

/** One process. Its calls are answered in order by letters, and admitted once these are used up. */
export function processOf(limit: number, answers: string, randoms: readonly number[] = [0.5]) {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return randoms[Math.min(drawn, randoms.length) - 1] ?? 0;
  };
  const pacer = new Pacer(() => Date.now(), random);
  const departures: number[] = [];
  const call = async (): Promise<void> => {
    const slot = await pacer.acquire(limit, 1e9);
    const answer = answers[departures.length] ?? 'a';
    departures.push(msSinceStart());
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (slot.kind === 'slot') slot.release(OUTCOMES[answer] ?? 'admitted', answer === 'h' ? 30_000 : undefined);
  };
  return { pacer, departures, call };
}

/** A process, and when its calls leave. */
export interface Row {
  readonly answers: string;
  readonly limit?: number;
  /** The random numbers; the last one again and again. */
  readonly randoms?: readonly number[];
  /** How many callers ask, by the time. */
  readonly asks: Readonly<Record<number, number>>;
  /** In milliseconds, as all times here. */
  readonly departures: readonly number[];
}

/** Lets the callers of a row ask. Returns when their calls left, in milliseconds. */
export async function departuresOf({ answers, limit = 10, randoms, asks }: Row): Promise<readonly number[]> {
  const one = processOf(limit, answers, randoms);
  for (const [ms, count] of Object.entries(asks)) {
    await vi.advanceTimersByTimeAsync(Number(ms) - msSinceStart());
    for (let i = 0; i < count; i += 1) void one.call();
  }
  await vi.advanceTimersByTimeAsync(600_000);
  // Node's timers are in whole milliseconds.
  return one.departures.map(Math.floor);
}
