import type { Account } from '../protocol.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** What a bundle exports. */
interface FunctionBundle {
  readonly handler: Handler;
  readonly initializer?: (context: unknown, done: (error?: unknown) => void) => void;
}

const TIMEOUT_MS = 30_000;

/** The documented setting at its documented maximum: the pace is there to keep calls from VOD, and these are many. */
const CALLS_PER_MINUTE = '1000000';

/**
 * Loads a bundle as FunctionGraph does: `require`, and its `initializer`, where it has one, before the first request.
 *
 * @param path - of a built bundle, untouched
 */
export async function loadFunction(path: string, account: Account): Promise<Handler> {
  const { handler, initializer } = require(path) as FunctionBundle;
  if (initializer !== undefined) {
    await new Promise<void>((resolve, reject) => {
      initializer(contextFor(account, ''), (error) => (error ? reject(error) : resolve()));
    });
  }
  return handler;
}

/**
 * FunctionGraph's context, a new one for each request. The settings are user data, and all but the endpoint, the key
 * and the pace are left at their defaults.
 *
 * @param requestId - the host's own id of the request
 */
export function contextFor(account: Account, requestId: string): object {
  const settings: Readonly<Record<string, string>> = {
    VOD_ENDPOINT: account.endpoint,
    VOD_CALLS_PER_MINUTE: CALLS_PER_MINUTE,
    HUAWEICLOUD_SDK_AK: account.ak,
    HUAWEICLOUD_SDK_SK: account.sk,
    HUAWEICLOUD_SDK_PROJECT_ID: account.projectId,
  };
  const endsAt = Date.now() + TIMEOUT_MS;
  return {
    getRequestID: () => requestId,
    getRemainingTimeInMilliSeconds: () => endsAt - Date.now(),
    getUserData: (name: string) => settings[name],
    getSecurityAccessKey: () => '',
    getSecuritySecretKey: () => '',
    getSecurityToken: () => '',
    getProjectID: () => '',
    getFunctionName: () => 'bench',
  };
}

let requests = 0;

/** 32 hexadecimal digits, as the platform's own; counted, for a random one would cost the function's time. */
export function nextRequestId(): string {
  requests += 1;
  return requests.toString(16).padStart(32, 'f');
}
