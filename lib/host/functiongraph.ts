import { environment, hasMethod, milliseconds, read, requestId, text } from './context.ts';
import type { Host } from './types.ts';

/**
 * Huawei FunctionGraph. Method names are spelled as its Node.js runtime spells them; the credential getters answer `''`
 * without an agency, and change while an instance lives, so they are read at every invocation.
 */
export function functionGraphHost(context: unknown): Host | undefined {
  if (!hasMethod(context, 'getRequestID')) return undefined;
  return {
    name: 'functiongraph',
    requestId: requestId(read(context, 'getRequestID')),
    remainingMs: milliseconds(read(context, 'getRemainingTimeInMilliSeconds')),
    settingSources: [(name) => text(read(context, 'getUserData', name)), environment],
    agencyKey: {
      ak: text(read(context, 'getSecurityAccessKey')),
      sk: text(read(context, 'getSecuritySecretKey')),
      securityToken: text(read(context, 'getSecurityToken')),
    },
    projectId: text(read(context, 'getProjectID')) ?? environment('RUNTIME_PROJECT_ID'),
    hasSecrets: false,
    xrayTraceId: undefined,
  };
}
