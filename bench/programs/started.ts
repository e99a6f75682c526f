/**
 * Milliseconds on a clock that never goes backwards. Not `performance`: the first look at that loads modules, and a
 * contestant that needs them is to load them itself.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/**
 * When the program began. Each program imports this module before anything else, so that this is its first line: what
 * Node does before, the same for all of them, is not counted.
 */
export const startedAt = now();
