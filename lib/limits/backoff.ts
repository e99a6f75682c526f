const BASE_MS = 100;
const MAX_MS = 5_000;

/**
 * Returns a backoff with full jitter: a random wait up to a limit that doubles with each retry. Callers that failed
 * together then do not retry together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param retry - 1 for the first retry
 * @param random - returns a number from 0 to 1, excluding 1
 * @returns milliseconds
 */
export function fullJitter(retry: number, random: () => number): number {
  return random() * Math.min(MAX_MS, BASE_MS * 2 ** (retry - 1));
}
