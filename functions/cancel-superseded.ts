import middy from '@middy/core';
import { cancelEach } from '../lib/cancel/batch.ts';
import { cancelQueuedTranscode } from '../lib/cancel/cancel.ts';
import type { Conclusion } from '../lib/cancel/conclusion.ts';
import { openLog } from '../lib/config/log-level.ts';
import { decidedIds } from '../lib/events/decided.ts';
import { CancelIncompleteError } from '../lib/events/incomplete-error.ts';
import { logFailure, logMessages } from '../lib/events/log-lines.ts';
import { type EventReading, readEvent, recogniseEvent } from '../lib/events/read-event.ts';
import { type EventReply, toReply } from '../lib/events/reply.ts';
import {
  countItems,
  countResults,
  idsByMessage,
  type MessageResults,
  notAfterByAsset,
  resultsOf,
  toResults,
  unfinished,
} from '../lib/events/results.ts';
import { beginInvocation } from '../lib/host/invocation.ts';
import { deadlineOf } from '../lib/limits/deadline.ts';
import { callLog, type LogContext, logRecognised } from '../lib/log/lines.ts';
import { type Log, logWritten } from '../lib/log/log.ts';
import { openCancel } from '../lib/open-cancel.ts';
import { type Prepared, prepare, type Step } from '../lib/prepare.ts';

export { initializer } from '../lib/initialise.ts';

/** What the handler works with. */
interface CancelInput extends Prepared {
  readonly reading: EventReading;
}

type EventStep = Step<
  CancelInput & { readonly messages: readonly MessageResults[] },
  readonly MessageResults[],
  EventReply
>;

/** The wait for the log ends after this time. A reader that reads takes megabytes within milliseconds. */
const MAX_LOG_WAIT_MS = 1_000;

/**
 * Cancels the queued transcode tasks of the assets that an event declares superseded. It resolves when nothing is left
 * to do, and throws {@link CancelIncompleteError} when the platform should keep the event.
 */
export const handler = middy<CancelInput, readonly MessageResults[]>({ timeoutEarlyInMillis: 0 })
  .use({ after: waitForLog, onError: waitForLog })
  .before(prepare)
  .before(readMessages)
  .handler(cancelAll)
  .after(reply)
  .onError(keepEvent);

function readMessages(step: EventStep): void {
  const { invocation, log, configuration } = step.internal;
  if (!invocation || !log || !configuration) throw new TypeError('a step is missing from the pipeline');
  const { VOD_ASSET_ID_PATTERN, SUPERSEDED_EVENT_TYPES, ASSET_ID_KEY_PATTERN } = configuration.settings;
  const reading = readEvent(step.event, {
    assetIdPattern: VOD_ASSET_ID_PATTERN,
    supersededEventTypes: SUPERSEDED_EVENT_TYPES,
    assetIdKeyPattern: ASSET_ID_KEY_PATTERN,
    nowMs: Date.now(),
  });
  step.internal.reading = reading;
  step.event = { invocation, log, configuration, reading } satisfies CancelInput;
}

async function cancelAll({ invocation, log, configuration, reading }: CancelInput): Promise<readonly MessageResults[]> {
  const messages = decidedIds.recall(reading.messages);
  if (log.isDebug) logRecognised(log, { invocation, ...reading }, countItems(messages));
  const notAfterMs = notAfterByAsset(messages);
  let conclusions: ReadonlyMap<string, Conclusion> = new Map();
  if (notAfterMs.size > 0) {
    const context = await openCancel(invocation, configuration, {
      results: countResults(messages),
      onCall: callLog(log, invocation),
    });
    conclusions = await cancelEach(idsByMessage(messages), {
      concurrency: configuration.settings.VOD_CONCURRENCY,
      random: context.random,
      cancel: (assetId) => cancelQueuedTranscode(assetId, context, notAfterMs.get(assetId)),
    });
  }
  const results = toResults(messages, conclusions, invocation.requestId);
  if (unfinished(results.flatMap(resultsOf)).length > 0) decidedIds.keep(messages, conclusions);
  return results;
}

function reply(step: EventStep): void {
  const messages = step.response ?? [];
  logMessages(logOf(step), messages, contextOf(step));
  step.internal.messages = messages;
  step.response = toReply(messages, step.internal.reading?.failureReport ?? 'throw');
}

/** Nothing here sets a response, so middy throws the error on. */
function keepEvent(step: EventStep): void {
  const { messages } = step.internal;
  if (!(step.error instanceof CancelIncompleteError)) logFailure(logOf(step), step.error, contextOf(step), messages);
  step.error = CancelIncompleteError.of(step.error);
}

/** An event with thousands of ids writes megabytes. middy runs this after `reply` and `keepEvent`, which write them. */
async function waitForLog({ internal: { invocation, configuration } }: EventStep): Promise<void> {
  if (!invocation || !configuration) return;
  const reserveMs = configuration.settings.VOD_DEADLINE_RESERVE_MS;
  const deadline = deadlineOf(invocation.host.remainingMs, reserveMs, invocation.elapsedMs);
  await logWritten(Math.min(MAX_LOG_WAIT_MS, Math.max(0, deadline.timeLeft())));
}

const logOf = ({ internal: { log } }: EventStep): Log => log ?? openLog([]);

function contextOf({ event, context, internal }: EventStep): LogContext {
  const { invocation = beginInvocation(context), reading } = internal;
  const { trigger, traceId } = reading ?? recogniseEvent(event);
  return { invocation, trigger, traceId };
}
