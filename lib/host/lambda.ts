import { environment, milliseconds, read, requestId } from './context.ts';
import type { Host } from './host.ts';

/** AWS Lambda. */
export function lambdaHost(context: unknown): Host | undefined {
  const id = requestId(read(context, 'awsRequestId'));
  if (id === undefined) return undefined;
  return {
    name: 'lambda',
    requestId: id,
    remainingMs: milliseconds(read(context, 'getRemainingTimeInMillis')),
    settingSources: [environment],
    agencyKey: undefined,
    projectId: undefined,
    hasSecrets: true,
  };
}
