/**
 * Milliseconds on a clock that never goes backwards. `process.hrtime` and not `performance.now()`: the first use of
 * `performance` loads a module of Node's that takes a millisecond of a cold start.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}
