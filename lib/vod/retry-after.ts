const SECONDS = /^\d+$/;

/** Some 300 years: absurdly long waits are all alike, and numbers stay exact. */
const MAX_SECONDS = 10_000_000_000;

/** The three date forms of RFC 9110 §5.6.7 all begin with the name of a day; `Date.parse` alone would take anything. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .{10,40}$/;

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date (RFC 9110 §10.2.3).
 *
 * @param nowMs - the time of day, in milliseconds since the epoch
 * @returns milliseconds to wait, 0 for a date that has passed; undefined where there is no such header or it is malformed
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (SECONDS.test(value)) return Math.min(Number(value), MAX_SECONDS) * 1000;
  if (!HTTP_DATE.test(value)) return undefined;
  // All three forms mean GMT, and the oldest, that of asctime, does not say so.
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
