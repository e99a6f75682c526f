import { bareHost } from './bare.ts';
import { functionGraphHost } from './functiongraph.ts';
import { lambdaHost } from './lambda.ts';

/** Where a setting may stand; an empty value is none. */
export type SettingSource = (name: string) => string | undefined;

/** A key as a host hands it out: each part may be missing. */
export interface HostKey {
  readonly ak: string | undefined;
  readonly sk: string | undefined;
  readonly securityToken: string | undefined;
}

/** What differs between the places this function runs at. Read once per invocation; nothing in it throws. */
export interface Host {
  readonly name: 'functiongraph' | 'lambda' | 'bare';
  readonly requestId: string | undefined;
  /** Time until the host ends the invocation, in milliseconds; undefined where it sets no deadline. */
  readonly remainingMs: number | undefined;
  /** The first that has a setting wins. */
  readonly settingSources: readonly SettingSource[];
  /** The key of the agency the function runs under. */
  readonly agencyKey: HostKey | undefined;
  /** The project the function runs in, for when no setting names one. */
  readonly projectId: string | undefined;
  /** X-Ray's id of the trace that the invocation is part of. */
  readonly xrayTraceId: string | undefined;
  /** Whether a key may come from AWS Secrets Manager. */
  readonly hasSecrets: boolean;
}

/**
 * Recognises the host by its context object: FunctionGraph's has `getRequestID`, Lambda's has
 * `awsRequestId`.
 */
export function recogniseHost(context: unknown): Host {
  return functionGraphHost(context) ?? lambdaHost(context) ?? bareHost();
}
