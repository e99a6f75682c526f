import type { WireHead } from './transport.ts';

const SECONDS = /^\d+$/;

/** About 300 years. Longer waits make no difference, and numbers stay exact. */
const MAX_SECONDS = 10_000_000_000;

/** The three date forms of RFC 9110 §5.6.7 begin with the name of a day. `Date.parse` alone accepts almost any text. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .{10,40}$/;

/** A date in the past, or 0 s, still means "too many requests": a retry within a second would not help. */
const MIN_MS = 1_000;

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date (RFC 9110 §10.2.3).
 *
 * @param sentAtMs - when the answer was sent, in milliseconds since the epoch, on the clock that wrote the date
 * @returns milliseconds to wait, at least 1,000; undefined if the header is missing or malformed
 */
export function parseRetryAfter(value: string | undefined, sentAtMs: number): number | undefined {
  if (value !== undefined && SECONDS.test(value)) return Math.max(MIN_MS, Math.min(Number(value), MAX_SECONDS) * 1000);
  const at = parseHttpDate(value);
  return at === undefined ? undefined : Math.max(MIN_MS, at - sentAtMs);
}

/**
 * Returns how long an answer asks to wait. Only a 429 and a 503 can ask. A date counts from the answer's own `Date`.
 *
 * @param nowMs - the time of day by our clock, in milliseconds since the epoch, for an answer without `Date`
 * @returns milliseconds, at least 1,000; undefined if it does not ask
 */
export function retryAfterOf({ status, headers }: WireHead, nowMs: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  return parseRetryAfter(headers['retry-after'], parseHttpDate(headers.date) ?? nowMs);
}

/**
 * Reads an HTTP date (RFC 9110 §5.6.7).
 *
 * @returns milliseconds since the epoch; undefined if there is none or it is malformed
 */
export function parseHttpDate(value: string | undefined): number | undefined {
  if (value === undefined || !HTTP_DATE.test(value)) return undefined;
  // All three forms mean GMT, but the oldest one, of asctime, does not contain it.
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
