import type { Conclusion } from './cancel/conclusion.ts';
import { REASONS } from './cancel/reasons.ts';
import { type CancelResult, isDone } from './cancel/result.ts';
import type { Invocation } from './invocation.ts';
import { utcTime } from './utc-time.ts';

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
      console.log(JSON.stringify({ level, time: utcTime(new Date()), message, ...fields }));
    } catch {
      // Nowhere is left to say so.
    }
  };
}

/** What every line of an invocation tells. */
export interface LogContext {
  readonly invocation: Invocation;
  /** The kind of event that brought the ids. */
  readonly trigger: string;
  readonly traceId: string | undefined;
}

/** What the line of one result tells besides the result. */
export interface ResultExtras {
  /** The asset that took the place of this one. */
  readonly supersededBy?: string | undefined;
  /** What was thrown, where a bug ended the cancel. */
  readonly cause?: unknown;
}

/** Writes the line of one result. */
export function logResult(log: Log, result: CancelResult, context: LogContext, extras: ResultExtras = {}): void {
  const { request_id: _sameAsOfTheInvocation, ...rest } = result;
  log(levelOf([result]), `transcode cancel: ${result.outcome}`, {
    ...common(context),
    ...rest,
    ...(extras.supersededBy !== undefined && { superseded_by: extras.supersededBy }),
    ...(extras.cause !== undefined && { stack: stackOf(extras.cause) }),
  });
}

/** Writes the line of an invocation that has no result, or more than one. */
export function logSummary(
  log: Log,
  results: readonly CancelResult[],
  context: LogContext,
  { summary, conclusion }: { readonly summary: Readonly<Record<string, number>>; readonly conclusion?: Conclusion },
): void {
  const level = conclusion === undefined ? levelOf(results) : levelOf([REASONS[conclusion.reason]]);
  log(level, conclusion === undefined ? 'transcode cancels: handled' : 'transcode cancels: failed', {
    ...common(context),
    summary,
    ...(conclusion?.error !== undefined && { error: conclusion.error }),
    ...(conclusion?.cause !== undefined && { stack: stackOf(conclusion.cause) }),
  });
}

/** `info` where nothing is left to do, `warn` where trying again may help, `error` where it will not. */
function levelOf(results: readonly Pick<CancelResult, 'outcome' | 'retryable'>[]): 'info' | 'warn' | 'error' {
  const open = results.filter(({ outcome }) => !isDone(outcome));
  if (open.length === 0) return 'info';
  return open.every(({ retryable }) => retryable) ? 'warn' : 'error';
}

function common({ invocation, trigger, traceId }: LogContext): Readonly<Record<string, unknown>> {
  return {
    request_id: invocation.requestId,
    ...(traceId !== undefined && { trace_id: traceId }),
    trigger,
    duration_ms: Math.round(invocation.elapsedMs() * 10) / 10,
    cold_start: invocation.coldStart,
  };
}

/** Where a bug is, without its message: that may quote what must not be logged. */
function stackOf(error: unknown): readonly string[] | undefined {
  const lines = error instanceof Error ? error.stack?.split('\n') : undefined;
  return lines?.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
