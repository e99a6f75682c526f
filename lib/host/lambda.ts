import { environment, milliseconds, read, requestId, text } from './context.ts';
import type { Host } from './types.ts';

/** AWS Lambda. An id that is unfit for a header is still Lambda's: without the host there is no deadline and no secret. */
export function lambdaHost(context: unknown): Host | undefined {
  const id = text(read(context, 'awsRequestId'));
  if (id === undefined) return undefined;
  return {
    name: 'lambda',
    requestId: requestId(id),
    remainingMs: milliseconds(read(context, 'getRemainingTimeInMillis')),
    settingSources: [environment],
    agencyKey: undefined,
    projectId: undefined,
    hasSecrets: true,
    xrayTraceId: xrayTraceId(environment('_X_AMZN_TRACE_ID') ?? text(read(context, 'xRayTraceId'))),
  };
}

/** The header has the form `Root=1-…;Parent=…;Sampled=…` (X-Ray Developer Guide, tracing header). */
const ROOT = /(?:^|;) *Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;

/**
 * Lambda sets the variable anew for each invocation. An instance that handles several at once has it in the context
 * instead.
 */
function xrayTraceId(header: string | undefined): string | undefined {
  return ROOT.exec(header ?? '')?.[1];
}
