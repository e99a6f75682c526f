import { concludeError } from '../cancel/failure.ts';
import { type LogContext, logResult, logSummary } from '../log/lines.ts';
import type { Log } from '../log/log.ts';
import { type MessageResults, resultsOf, summarise } from './results.ts';

/** Writes a line for each result of an event, and one for the event if it does not have exactly one result. */
export function logMessages(log: Log, messages: readonly MessageResults[], context: LogContext): void {
  const { invocation, trigger } = context;
  const entries = messages.flatMap((message) => message.entries);
  for (const { result, traceId, ...extras } of entries)
    logResult(log, result, { invocation, trigger, traceId }, extras);
  if (entries.length === 1) return;
  const results = messages.flatMap(resultsOf);
  logSummary(log, results, context, { summary: summarise(results) });
}

/**
 * Logs an event that failed before or after its cancels.
 *
 * @param messages - the results so far
 */
export function logFailure(
  log: Log,
  error: unknown,
  context: LogContext,
  messages: readonly MessageResults[] = [],
): void {
  const results = messages.flatMap(resultsOf);
  logSummary(log, results, context, { summary: summarise(results), conclusion: concludeError(error) });
}
