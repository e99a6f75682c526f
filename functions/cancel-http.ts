import middy from '@middy/core';
import { chooseAssetId } from '../lib/cancel/asset-id.ts';
import { cancelQueuedTranscode } from '../lib/cancel/cancel.ts';
import { type Conclusion, toCancelResult } from '../lib/cancel/conclusion.ts';
import { concludeError } from '../lib/cancel/failure.ts';
import { type Configuration, configure } from '../lib/config/configure.ts';
import { openLog } from '../lib/config/log-level.ts';
import { beginInvocation, type Invocation } from '../lib/host/invocation.ts';
import { readAssetIds } from '../lib/http/asset-ids.ts';
import { type HttpEnvelope, openEnvelope, recogniseEnvelope } from '../lib/http/envelope.ts';
import { type HttpResponse, toHttpResponse } from '../lib/http/response.ts';
import { callLog, logResult } from '../lib/log/lines.ts';
import { traceIdOf } from '../lib/log/trace.ts';
import { openCancel } from '../lib/open-cancel.ts';

export { initializer } from '../lib/initialise.ts';

/** What the steps have found out so far. On an error, whatever follows the failed step is missing. */
interface Findings {
  invocation?: Invocation;
  configuration?: Configuration;
  envelope?: HttpEnvelope;
  assetId?: string;
}

type Step = Pick<middy.Request<unknown, unknown, Error>, 'event' | 'context' | 'response' | 'error'> & {
  internal: Findings;
};

/** What the event has become by the time it reaches the cancel itself. */
type Order = Required<Pick<Findings, 'invocation' | 'configuration' | 'assetId'>>;

/**
 * Cancels the queued transcode task of the asset that an HTTP request names, and answers with a response. It never
 * rejects: every error leaves as a problem of RFC 9457.
 *
 * middy's own early timeout is off: it knows Lambda's context only, and shares one AbortController between invocations.
 */
export const handler = middy<unknown, unknown>({ timeoutEarlyInMillis: 0 })
  .before(recogniseHost)
  .before(readConfiguration)
  .before(recogniseRequest)
  .before(findAssetId)
  .handler(cancel)
  .after(respond)
  .onError(respondWithProblem);

function recogniseHost({ context, internal }: Step): void {
  internal.invocation = beginInvocation(context);
}

function readConfiguration({ internal }: Step): void {
  if (internal.invocation) internal.configuration = configure(internal.invocation.host);
}

function recogniseRequest({ event, internal }: Step): void {
  internal.envelope = openEnvelope(event);
}

function findAssetId(step: Step): void {
  const { invocation, configuration, envelope } = step.internal;
  if (!invocation || !configuration || !envelope) throw new TypeError('a step is missing from the pipeline');
  const assetId = chooseAssetId(readAssetIds(envelope), configuration.settings.VOD_ASSET_ID_PATTERN);
  step.internal.assetId = assetId;
  step.event = { invocation, configuration, assetId } satisfies Order;
}

async function cancel(order: unknown): Promise<Conclusion> {
  const { invocation, configuration, assetId } = order as Order;
  const onCall = callLog(openLog(invocation.host.settingSources), invocation);
  return cancelQueuedTranscode(assetId, await openCancel(invocation, configuration, { onCall }));
}

function respond(step: Step): void {
  step.response = conclude(step, step.response as Conclusion);
}

function respondWithProblem(step: Step): void {
  step.response = conclude(step, concludeError(step.error));
}

/** Logs what the invocation came to and puts it into the words of HTTP. */
function conclude({ event, context, internal }: Step, conclusion: Conclusion): HttpResponse {
  const { invocation = beginInvocation(context), assetId } = internal;
  // Where the settings are at fault nobody has looked at the request, and the answer is to be in its form all the same.
  const envelope = internal.envelope ?? recogniseEnvelope(event);
  const result = toCancelResult(conclusion, assetId ?? null, invocation.requestId);
  const log = openLog(invocation.host.settingSources);
  const trigger = envelope?.gateway ?? 'unknown';
  const traceId = traceIdOf(envelope?.traceparent ?? []);
  logResult(log, result, { invocation, trigger, traceId }, conclusion);
  return toHttpResponse(conclusion, result, envelope?.multiValueHeaders ?? false);
}
