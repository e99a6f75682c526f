import { bareHost } from './bare.ts';
import { functionGraphHost } from './functiongraph.ts';
import { lambdaHost } from './lambda.ts';
import type { Host } from './types.ts';

/**
 * Recognises the host by its context object: FunctionGraph's has `getRequestID`, Lambda's has `awsRequestId`. Any other
 * context is a bare host.
 */
export function recogniseHost(context: unknown): Host {
  return functionGraphHost(context) ?? lambdaHost(context) ?? bareHost();
}
