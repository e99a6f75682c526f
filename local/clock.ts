/** The source of time. A test can set or stop it. `now` returns epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
