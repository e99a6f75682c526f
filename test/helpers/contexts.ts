import { createContext, type FunctionGraphContext } from '../../local/gateway/context.ts';

/** Visibly fake, and unlike anything else, so that a leak of any of them is found by a plain search. */
export const KEY = {
  ak: 'AK-EXAMPLE-7c1d',
  sk: 'SK-EXAMPLE-NOT-A-SECRET-91b4',
  securityToken: 'TOKEN-EXAMPLE-NOT-A-SECRET-e2a7+/=',
} as const;

export const PROJECT_ID = '0123456789abcdef0123456789abcdef';

export const ASSET_ID = '850883081a2e7255715ef81ae7c34338';

export interface ContextOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** How much time the host leaves, in milliseconds. */
  readonly remainingMs?: number;
  /** The key of the agency; none by default. */
  readonly agency?: { readonly ak: string; readonly sk: string; readonly securityToken?: string };
  readonly requestId?: string;
}

/** The settings of a function that runs against an endpoint on this machine. */
export function settingsFor(endpoint: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    VOD_ENDPOINT: endpoint,
    HUAWEICLOUD_SDK_AK: KEY.ak,
    HUAWEICLOUD_SDK_SK: KEY.sk,
    HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
    ...more,
  };
}

/** A context as FunctionGraph hands it out; its clock starts when it is made. */
export function functionGraphContext(options: ContextOptions = {}): FunctionGraphContext {
  const { settings = {}, remainingMs = 10_000, agency, requestId = 'f1e2d3c4-0000-4000-8000-00000000fg01' } = options;
  return createContext({
    requestId,
    userData: settings,
    timeoutMs: remainingMs,
    ...(agency && {
      agency: { accessKey: agency.ak, secretKey: agency.sk, securityToken: agency.securityToken ?? '' },
    }),
  });
}

/** A context as Lambda hands it out. Lambda's settings stand in the environment, so there are none here. */
export function lambdaContext({
  remainingMs = 10_000,
  requestId = 'a1b2c3d4-0000-4000-8000-0000000lambd',
}: ContextOptions = {}) {
  const startedAt = performance.now();
  return {
    awsRequestId: requestId,
    functionName: 'cancel-http',
    getRemainingTimeInMillis: () => Math.floor(remainingMs - (performance.now() - startedAt)),
  };
}
