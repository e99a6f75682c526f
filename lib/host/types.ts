/** Where a setting may be. An empty value counts as not set. */
export type SettingSource = (name: string) => string | undefined;

/** A key as a host provides it: each part may be missing. */
export interface HostKey {
  readonly ak: string | undefined;
  readonly sk: string | undefined;
  readonly securityToken: string | undefined;
}

/** What differs between the hosts that this function runs on. It is read once per invocation and never throws. */
export interface Host {
  readonly name: 'functiongraph' | 'lambda' | 'bare';
  readonly requestId?: string | undefined;
  /** Time until the host ends the invocation, in milliseconds; undefined if it sets no deadline. */
  readonly remainingMs?: number | undefined;
  /** The first source that has the setting wins. */
  readonly settingSources: readonly SettingSource[];
  /** The key of the agency that the function runs under. */
  readonly agencyKey?: HostKey;
  /** The project that the function runs in. It is used if no setting names a project. */
  readonly projectId?: string | undefined;
  /** X-Ray's id of the trace that the invocation is part of. */
  readonly xrayTraceId?: string | undefined;
  /** Whether a key may come from AWS Secrets Manager. */
  readonly hasSecrets?: true;
}
