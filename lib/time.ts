/**
 * Returns milliseconds on a clock that never goes backwards. It uses `process.hrtime`, because the first use of
 * `performance` loads a module of Node that costs a millisecond of a cold start.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}

const two = (part: number): string => (part < 10 ? `0${part}` : `${part}`);

/**
 * Returns a time as RFC 3339 in UTC, to the millisecond: `2026-01-02T03:04:05.678Z`. For the years 1000 to 9999 it
 * equals `toISOString`, whose first call in a process takes V8 almost a millisecond.
 */
export function utcTime(time: Date): string {
  const date = `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`;
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  const milliseconds = String(time.getUTCMilliseconds()).padStart(3, '0');
  return `${date}T${clock}.${milliseconds}Z`;
}
