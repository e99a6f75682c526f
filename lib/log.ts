import { type CancelResult, isDone } from './cancel/result.ts';
import type { Invocation } from './invocation.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes one line; its fields never hold an AK, an SK, a token, a signature, a header or a caller's input. */
export type Log = (
  level: Exclude<LogLevel, 'silent'>,
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/**
 * Writes one JSON object per line. `console.log` is the sink, as FunctionGraph collects what goes through it and not
 * what is written to file descriptor 1. A sink that fails loses the line, not the invocation.
 *
 * @param threshold - lines below this level are not written
 */
export function createLog(threshold: LogLevel): Log {
  return (level, message, fields) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(threshold)) return;
    try {
      console.log(JSON.stringify({ level, time: new Date().toISOString(), message, ...fields }));
    } catch {
      // Nowhere is left to say so.
    }
  };
}

/** What a line about one result tells besides the result. */
export interface LogContext {
  readonly invocation: Invocation;
  /** The kind of event that brought the asset's id. */
  readonly trigger: string;
  readonly traceId: string | undefined;
  /** What was thrown, if anything was. */
  readonly error?: unknown;
}

/** Writes the line of one result (contract §8): `info` where nothing is left to do, `warn` where trying again may help. */
export function logResult(log: Log, result: CancelResult, { invocation, trigger, traceId, error }: LogContext): void {
  const { request_id, ...rest } = result;
  const level = isDone(result.outcome) ? 'info' : result.retryable ? 'warn' : 'error';
  log(level, `transcode cancel: ${result.outcome}`, {
    request_id,
    ...(traceId !== undefined && { trace_id: traceId }),
    trigger,
    duration_ms: Math.round(invocation.elapsedMs() * 10) / 10,
    cold_start: invocation.coldStart,
    ...rest,
    ...(result.error?.code === 'INTERNAL' && { stack: stackOf(error) }),
  });
}

/** Where a bug is, without its message: that may quote what must not be logged. */
function stackOf(error: unknown): readonly string[] | undefined {
  const lines = error instanceof Error ? error.stack?.split('\n') : undefined;
  return lines?.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
