import middy from '@middy/core';
import { chooseAssetId, givenIds } from '../lib/cancel/asset-id.ts';
import { cancelQueuedTranscode } from '../lib/cancel/cancel.ts';
import { type Conclusion, toCancelResult } from '../lib/cancel/conclusion.ts';
import { concludeError } from '../lib/cancel/failure.ts';
import { openLog } from '../lib/config/log-level.ts';
import { beginInvocation, type Invocation } from '../lib/host/invocation.ts';
import { readAssetIds } from '../lib/http/asset-ids.ts';
import { type HttpEnvelope, openEnvelope, recogniseEnvelope } from '../lib/http/envelope.ts';
import { type HttpResponse, toHttpResponse } from '../lib/http/response.ts';
import { callLog, type LogContext, logRecognised, logResult } from '../lib/log/lines.ts';
import { traceIdOf } from '../lib/log/trace.ts';
import { openCancel } from '../lib/open-cancel.ts';
import { type Prepared, prepare, type Step } from '../lib/prepare.ts';

export { initializer } from '../lib/initialise.ts';

/** What the handler works with. */
interface CancelInput extends Prepared {
  readonly assetId: string;
}

type HttpStep = Step<CancelInput & { readonly envelope: HttpEnvelope }, Conclusion, HttpResponse>;

/**
 * Cancels the queued transcode task of the asset that an HTTP request names, and answers with a response. It never
 * rejects: every error becomes a problem of RFC 9457.
 *
 * middy's own early timeout is off. It supports only Lambda's context, and concurrent invocations share its
 * AbortController.
 */
export const handler = middy<CancelInput, Conclusion>({ timeoutEarlyInMillis: 0 })
  .before(prepare)
  .before(recogniseRequest)
  .before(findAssetId)
  .handler(cancel)
  .after(respond)
  .onError(respondWithProblem);

function recogniseRequest({ event, internal }: HttpStep): void {
  internal.envelope = openEnvelope(event);
}

function findAssetId(step: HttpStep): void {
  const { invocation, log, configuration, envelope } = step.internal;
  if (!invocation || !log || !configuration || !envelope) throw new TypeError('a step is missing from the pipeline');
  const ids = givenIds(readAssetIds(envelope));
  if (log.isDebug) logRecognised(log, contextOf(invocation, envelope), { ids: ids.size });
  const assetId = chooseAssetId(ids, configuration.settings.VOD_ASSET_ID_PATTERN);
  step.internal.assetId = assetId;
  step.event = { invocation, log, configuration, assetId } satisfies CancelInput;
}

async function cancel({ invocation, log, configuration, assetId }: CancelInput): Promise<Conclusion> {
  const onCall = callLog(log, invocation);
  return cancelQueuedTranscode(assetId, await openCancel(invocation, configuration, { onCall }));
}

function respond(step: HttpStep): void {
  if (step.response) step.response = toResponse(step, step.response);
}

function respondWithProblem(step: HttpStep): void {
  step.response = toResponse(step, concludeError(step.error));
}

/** Logs the result and turns it into a response. */
function toResponse({ event, context, internal }: HttpStep, conclusion: Conclusion): HttpResponse {
  const { invocation = beginInvocation(context), assetId } = internal;
  const { log = openLog(invocation.host.settingSources) } = internal;
  // If the settings are malformed, no step has read the request. The response still needs the form of its gateway.
  const envelope = internal.envelope ?? recogniseEnvelope(event);
  const result = toCancelResult(conclusion, assetId ?? null, invocation.requestId);
  logResult(log, result, contextOf(invocation, envelope), conclusion);
  return toHttpResponse(conclusion, result, envelope?.multiValueHeaders ?? false);
}

function contextOf(invocation: Invocation, envelope: HttpEnvelope | undefined): LogContext {
  const traceId = traceIdOf(envelope?.traceparent ?? []);
  return { invocation, trigger: envelope?.gateway ?? 'unknown', traceId };
}
