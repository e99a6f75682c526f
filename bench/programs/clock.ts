/**
 * Returns milliseconds of a monotonic clock. Not `performance`, because its first use loads modules that a candidate
 * must load itself.
 */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** When the program started. The start of Node is the same for all programs and is not counted. */
export const startedAt = now();
