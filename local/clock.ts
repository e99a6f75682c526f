/** Where the time comes from, so that a test can set or stop it. `now` is in epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
