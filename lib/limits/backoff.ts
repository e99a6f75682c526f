const BASE_MS = 100;
const MAX_MS = 5_000;

/**
 * Full jitter: anything between nothing and an exponentially growing limit, so that callers that failed together do
 * not come back together (the AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param retry - 1 for the first retry
 * @param random - a number from 0 to 1
 * @returns milliseconds
 */
export function fullJitter(retry: number, random: () => number): number {
  return random() * Math.min(MAX_MS, BASE_MS * 2 ** (retry - 1));
}
