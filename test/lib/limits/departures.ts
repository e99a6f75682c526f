import { vi } from 'vitest';
import { type Answer, processOf, START } from './paced-process.ts';

/** What VOD answers, by letter. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  a: 'admitted',
  r: 'refused',
  l: 'lost',
  u: 'unused',
  h: { retryAfterMs: 30_000 },
};

/** A process, and when its calls leave. */
export interface Row {
  /** The calls are answered in order by letters, and admitted once these are used up. */
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
export async function departuresOf({ answers, limit = 10, randoms = [0.5], asks }: Row): Promise<readonly number[]> {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return randoms[Math.min(drawn, randoms.length) - 1] ?? 0;
  };
  const { calls, ask } = processOf((call) => ANSWERS[answers[call] ?? 'a'] ?? 'admitted', random);
  for (const [ms, count] of Object.entries(asks)) {
    await vi.advanceTimersByTimeAsync(START + Number(ms) - Date.now());
    for (let i = 0; i < count; i += 1) void ask(limit);
  }
  await vi.advanceTimersByTimeAsync(600_000);
  // Node's timers are in whole milliseconds.
  return calls.map(Math.floor);
}
