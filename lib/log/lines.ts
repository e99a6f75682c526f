import type { Conclusion } from '../cancel/conclusion.ts';
import { isDone } from '../cancel/outcome.ts';
import { REASONS } from '../cancel/reasons.ts';
import type { CancelResult } from '../cancel/result.ts';
import type { VodCall } from '../cancel/vod-port.ts';
import type { Invocation } from '../host/invocation.ts';
import type { Log } from './log.ts';

/** What every line of an invocation contains. */
export interface LogContext {
  readonly invocation: Invocation;
  /** The kind of event that brought the ids. */
  readonly trigger: string;
  readonly traceId: string | undefined;
}

/** What the line of one result contains besides the result. */
interface ResultExtras {
  /** How long the cancel waited for pace, key and backoff, in milliseconds. */
  readonly waitedMs?: number | undefined;
  /** The asset that replaces this one. */
  readonly supersededBy?: string | undefined;
  /** The error, if a bug ended the cancel. */
  readonly cause?: unknown;
}

/** Writes the line of one result. */
export function logResult(log: Log, result: CancelResult, context: LogContext, extras: ResultExtras = {}): void {
  const { invocation, trigger, traceId } = context;
  log(levelOf(result), {
    message: `transcode cancel: ${result.outcome}`,
    request_id: invocation.requestId,
    ...tracesOf(invocation, traceId),
    trigger,
    duration_ms: tenths(invocation.elapsedMs()),
    waited_ms: extras.waitedMs,
    cold_start: invocation.coldStart,
    asset_id: result.asset_id,
    outcome: result.outcome,
    retryable: result.retryable,
    detail: result.detail,
    transcode_status: result.transcode_status,
    inferred: result.inferred,
    error: result.error,
    attempts: result.attempts,
    vod_request_id: result.vod_request_id,
    superseded_by: extras.supersededBy,
    stack: stackOf(extras.cause),
  });
}

/** Writes what was recognised of an event, at `debug`. Only counts: the event itself is a caller's input. */
export function logRecognised(
  log: Log,
  { invocation, trigger, traceId }: LogContext,
  recognised: Readonly<Record<string, number>>,
): void {
  log('debug', {
    message: 'event recognised',
    request_id: invocation.requestId,
    ...tracesOf(invocation, traceId),
    trigger,
    recognised,
  });
}

/**
 * Opens the log of single calls to VOD.
 *
 * @returns a function that writes one line; undefined if the level is not `debug`
 */
export function callLog(log: Log, { requestId }: Invocation): ((call: VodCall) => void) | undefined {
  if (!log.isDebug) return undefined;
  return ({ call, assetId, attempt, verdict, status, code, cause, vodRequestId, durationMs, waitedMs, reused }) =>
    log('debug', {
      message: `call to VOD: ${call}`,
      request_id: requestId,
      asset_id: assetId,
      call,
      attempt,
      verdict,
      status,
      code,
      cause,
      vod_request_id: vodRequestId,
      duration_ms: tenths(durationMs),
      waited_ms: waitedMs > 0 ? waitedMs : undefined,
      reused,
    });
}

/** Writes the line of an invocation with no result or more than one. */
export function logSummary(
  log: Log,
  results: readonly CancelResult[],
  { invocation, trigger, traceId }: LogContext,
  { summary, conclusion }: { readonly summary: Readonly<Record<string, number>>; readonly conclusion?: Conclusion },
): void {
  log(conclusion === undefined ? highestLevel(results.map(levelOf)) : levelOf(REASONS[conclusion.reason]), {
    message: conclusion === undefined ? 'transcode cancels: handled' : 'transcode cancels: failed',
    request_id: invocation.requestId,
    ...tracesOf(invocation, traceId),
    trigger,
    duration_ms: tenths(invocation.elapsedMs()),
    cold_start: invocation.coldStart,
    summary,
    error: conclusion?.error,
    stack: stackOf(conclusion?.cause),
  });
}

type ResultLevel = 'info' | 'warn' | 'error';

/** `info` if nothing is left to do, `warn` if a retry may help, `error` if it will not. */
function levelOf({ outcome, retryable }: Pick<CancelResult, 'outcome' | 'retryable'>): ResultLevel {
  if (isDone(outcome)) return 'info';
  return retryable ? 'warn' : 'error';
}

function highestLevel(levels: readonly ResultLevel[]): ResultLevel {
  if (levels.includes('error')) return 'error';
  return levels.includes('warn') ? 'warn' : 'info';
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** A trace id of the request or the event comes first: X-Ray's covers only the invocation. */
const tracesOf = ({ host }: Invocation, traceId: string | undefined): Readonly<Record<string, string | undefined>> =>
  traceId === undefined ? { xray_trace_id: host.xrayTraceId } : { trace_id: traceId };

/** The stack without the message, because the message may contain what must not be logged. */
function stackOf(error: unknown): readonly string[] | undefined {
  const lines = error instanceof Error ? error.stack?.split('\n') : undefined;
  return lines?.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
