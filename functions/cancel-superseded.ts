import middy from '@middy/core';
import { cancelEach } from '../lib/cancel/batch.ts';
import { cancelQueuedTranscode } from '../lib/cancel/cancel.ts';
import type { Conclusion } from '../lib/cancel/conclusion.ts';
import { type Configuration, configure } from '../lib/config/configure.ts';
import { openLog } from '../lib/config/log-level.ts';
import { decidedIds } from '../lib/events/decided.ts';
import { CancelIncompleteError } from '../lib/events/incomplete-error.ts';
import { logFailure, logMessages } from '../lib/events/log-lines.ts';
import { type EventReading, readEvent, recogniseEvent } from '../lib/events/read-event.ts';
import { toReply } from '../lib/events/reply.ts';
import {
  countResults,
  idsByMessage,
  type MessageResults,
  ordersOf,
  resultsOf,
  toResults,
  unfinished,
} from '../lib/events/results.ts';
import { beginInvocation, type Invocation } from '../lib/host/invocation.ts';
import { deadlineOf } from '../lib/limits/deadline.ts';
import { callLog, type LogContext } from '../lib/log/lines.ts';
import { type Log, logWritten } from '../lib/log/log.ts';
import { openCancel } from '../lib/open-cancel.ts';

export { initializer } from '../lib/initialise.ts';

/** What the steps have found out so far. On an error, whatever follows the failed step is missing. */
interface Findings {
  invocation?: Invocation;
  configuration?: Configuration;
  reading?: EventReading;
  messages?: readonly MessageResults[];
}

/** Megabytes take milliseconds where they are read at all. */
const MAX_LOG_WAIT_MS = 1_000;

type Step = Pick<middy.Request<unknown, unknown, Error>, 'event' | 'context' | 'response' | 'error'> & {
  internal: Findings;
};

/** What the event has become by the time it reaches the cancels themselves. */
type Order = Required<Omit<Findings, 'messages'>>;

/**
 * Cancels the queued transcode tasks of the assets that an event says have been superseded. It resolves when nothing is
 * left to do, and throws {@link CancelIncompleteError} when the platform should keep the event.
 */
export const handler = middy<unknown, unknown>({ timeoutEarlyInMillis: 0 })
  .use({ after: letLogOut, onError: letLogOut })
  .before(recogniseHost)
  .before(readConfiguration)
  .before(readMessages)
  .handler(cancelAll)
  .after(reply)
  .onError(keepEvent);

function recogniseHost({ context, internal }: Step): void {
  internal.invocation = beginInvocation(context);
}

function readConfiguration({ internal }: Step): void {
  if (internal.invocation) internal.configuration = configure(internal.invocation.host);
}

function readMessages(step: Step): void {
  const { invocation, configuration } = step.internal;
  if (!invocation || !configuration) throw new TypeError('a step is missing from the pipeline');
  const { VOD_ASSET_ID_PATTERN, SUPERSEDED_EVENT_TYPES, ASSET_ID_KEY_PATTERN } = configuration.settings;
  const reading = readEvent(step.event, {
    assetIdPattern: VOD_ASSET_ID_PATTERN,
    supersededEventTypes: SUPERSEDED_EVENT_TYPES,
    assetIdKeyPattern: ASSET_ID_KEY_PATTERN,
    nowMs: Date.now(),
  });
  step.internal.reading = reading;
  step.event = { invocation, configuration, reading } satisfies Order;
}

async function cancelAll(order: unknown): Promise<readonly MessageResults[]> {
  const { invocation, configuration, reading } = order as Order;
  const messages = decidedIds.recall(reading.messages);
  const orders = ordersOf(messages);
  let conclusions: ReadonlyMap<string, Conclusion> = new Map();
  if (orders.size > 0) {
    const context = await openCancel(invocation, configuration, {
      results: countResults(messages),
      onCall: callLog(openLog(invocation.host.settingSources), invocation),
    });
    conclusions = await cancelEach(idsByMessage(messages), {
      concurrency: configuration.settings.VOD_CONCURRENCY,
      random: context.random,
      cancel: (assetId) => cancelQueuedTranscode(assetId, context, orders.get(assetId)),
    });
  }
  const results = toResults(messages, conclusions, invocation.requestId);
  if (unfinished(results.flatMap(resultsOf)).length > 0) decidedIds.keep(messages, conclusions);
  return results;
}

function reply(step: Step): void {
  const messages = step.response as readonly MessageResults[];
  logMessages(logOf(step), messages, contextOf(step));
  step.internal.messages = messages;
  step.response = toReply(messages, step.internal.reading?.reply ?? 'throw');
}

/** Nothing here sets a response, so middy throws the error on. */
function keepEvent(step: Step): void {
  const { messages } = step.internal;
  if (!(step.error instanceof CancelIncompleteError)) logFailure(logOf(step), step.error, contextOf(step), messages);
  step.error = CancelIncompleteError.of(step.error);
}

/** An event with thousands of ids writes megabytes. middy runs this after `reply` and `keepEvent`, which write them. */
async function letLogOut({ internal: { invocation, configuration } }: Step): Promise<void> {
  if (!invocation || !configuration) return;
  const reserveMs = configuration.settings.VOD_DEADLINE_RESERVE_MS;
  const deadline = deadlineOf(invocation.host.remainingMs, reserveMs, invocation.elapsedMs);
  await logWritten(Math.min(MAX_LOG_WAIT_MS, Math.max(0, deadline.timeLeft())));
}

function logOf({ internal: { invocation } }: Step): Log {
  return openLog(invocation?.host.settingSources ?? []);
}

function contextOf({ event, context, internal }: Step): LogContext {
  const { invocation = beginInvocation(context), reading } = internal;
  const { trigger, traceId } = reading ?? recogniseEvent(event);
  return { invocation, trigger, traceId };
}
