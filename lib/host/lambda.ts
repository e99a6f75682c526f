import { environment, milliseconds, nonEmptyText, read, requestId } from './context.ts';
import type { Host } from './types.ts';

/**
 * AWS Lambda. A context with an id that does not fit into a header is still Lambda's. Otherwise the deadline and the
 * secret would be lost.
 */
export function lambdaHost(context: unknown): Host | undefined {
  const id = nonEmptyText(read(context, 'awsRequestId'));
  if (id === undefined) return undefined;
  return {
    name: 'lambda',
    requestId: requestId(id),
    remainingMs: milliseconds(read(context, 'getRemainingTimeInMillis')),
    settingSources: [environment],
    hasSecrets: true,
    xrayTraceId: xrayTraceId(environment('_X_AMZN_TRACE_ID') ?? nonEmptyText(read(context, 'xRayTraceId'))),
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
