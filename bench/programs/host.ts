import { createContext } from '../../local/gateway/context.ts';
import type { Account } from '../protocol.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** What a bundle exports. */
interface FunctionBundle {
  readonly handler: Handler;
  readonly initializer?: (context: unknown, done: (error?: unknown) => void) => void;
}

const TIMEOUT_MS = 30_000;

/** The setting's maximum, because the pace would hold these calls back. */
const CALLS_PER_MINUTE = '1000000';

/**
 * Loads a bundle as FunctionGraph does: `require`, then its `initializer` if it has one.
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
 * Creates the context of one request. The settings are the defaults, except for the endpoint, the key and the pace.
 *
 * @param requestId - the host's own id of the request
 */
export function contextFor(account: Account, requestId: string): object {
  const userData = {
    VOD_ENDPOINT: account.endpoint,
    VOD_CALLS_PER_MINUTE: CALLS_PER_MINUTE,
    HUAWEICLOUD_SDK_AK: account.ak,
    HUAWEICLOUD_SDK_SK: account.sk,
    HUAWEICLOUD_SDK_PROJECT_ID: account.projectId,
  };
  return createContext({ requestId, userData, timeoutMs: TIMEOUT_MS });
}

let requests = 0;

/** Returns 32 hexadecimal digits, as the platform does. A counter, because a random id costs time. */
export function nextRequestId(): string {
  requests += 1;
  return requests.toString(16).padStart(32, 'f');
}
