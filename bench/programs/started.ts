/**
 * Returns milliseconds of a monotonic clock. Not `performance`, because its first use loads modules that a contestant
 * must load itself.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/**
 * When the program started. Each program imports this module first, so this is its first line. The start of Node is the
 * same for all programs and is not counted.
 */
export const startedAt = now();
