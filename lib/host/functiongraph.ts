import { environment, hasMethod, milliseconds, nonEmptyText, read, requestId } from './context.ts';
import type { Host } from './types.ts';

/**
 * Huawei FunctionGraph. The method names are those of its Node.js runtime. Without an agency the credential getters
 * return `''`. Their values change while an instance lives, so every invocation reads them.
 */
export function functionGraphHost(context: unknown): Host | undefined {
  if (!hasMethod(context, 'getRequestID')) return undefined;
  return {
    name: 'functiongraph',
    requestId: requestId(read(context, 'getRequestID')),
    remainingMs: milliseconds(read(context, 'getRemainingTimeInMilliSeconds')),
    settingSources: [(name) => nonEmptyText(read(context, 'getUserData', name)), environment],
    agencyKey: {
      ak: nonEmptyText(read(context, 'getSecurityAccessKey')),
      sk: nonEmptyText(read(context, 'getSecuritySecretKey')),
      securityToken: nonEmptyText(read(context, 'getSecurityToken')),
    },
    projectId: nonEmptyText(read(context, 'getProjectID')) ?? environment('RUNTIME_PROJECT_ID'),
  };
}
