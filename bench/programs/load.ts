import { createContext } from '../../local/gateway/context.ts';
import type { Account, Instructions, OpenClient } from '../protocol.ts';
import { FUNCTIONS, type FunctionUse } from './functions.ts';

/** A candidate that is ready for its first call. Both methods reject unless the answer is the expected one. */
export interface Loaded {
  /** Cancels one asset. */
  cancel(assetId: string): Promise<void>;
  /** Sends a request that is refused before the network; undefined if the candidate checks nothing. */
  readonly refuse?: () => Promise<void>;
}

type Handler = (event: unknown, context: unknown) => Promise<object>;

/** The exports of a built function. */
interface FunctionBundle {
  readonly handler: Handler;
  readonly initializer: (context: unknown, done: () => void) => void;
}

/** Loads a candidate as its host does. Everything that a host does before the first request is done then. */
export function load({ name, file, account }: Instructions): Promise<Loaded> {
  const use = FUNCTIONS[name];
  return use === undefined ? loadClient(file, account) : loadFunction(use, file, account);
}

/** Loads a client without a function. Opening it is a part of the first call. */
async function loadClient(file: string, account: Account): Promise<Loaded> {
  const { open } = require(file) as { readonly open: OpenClient };
  let client: ReturnType<OpenClient> | undefined;
  return {
    cancel: async (assetId) => {
      client ??= open(account);
      expect(await client(assetId), 204);
    },
  };
}

/** Loads a built function, untouched, as FunctionGraph does: `require`, then its `initializer`. */
async function loadFunction(use: FunctionUse, file: string, account: Account): Promise<Loaded> {
  const { handler, initializer } = require(file) as FunctionBundle;
  await new Promise<void>((resolve) => initializer(contextFor(account, ''), resolve));
  let requests = 0;
  const invoke = async (assetId: string, expected: unknown): Promise<void> => {
    // 32 hexadecimal digits, as the platform has them. A counter, because a random id costs time.
    requests += 1;
    const requestId = requests.toString(16).padStart(32, 'f');
    const verdict = await handler(use.eventFor(assetId, requestId), contextFor(account, requestId)).then(
      use.verdictOf,
      ({ name }: Error) => name,
    );
    expect(verdict, expected);
  };
  return {
    cancel: (assetId) => invoke(assetId, use.cancelled),
    refuse: () => invoke('not-an-asset-id', use.refused),
  };
}

/** Creates the context of one request. The settings are the defaults, except for the endpoint, the key and the pace. */
function contextFor({ endpoint, ak, sk, projectId }: Account, requestId: string): object {
  const userData = {
    VOD_ENDPOINT: endpoint,
    // The maximum, because the pace would hold these calls back.
    VOD_CALLS_PER_MINUTE: '1000000',
    HUAWEICLOUD_SDK_AK: ak,
    HUAWEICLOUD_SDK_SK: sk,
    HUAWEICLOUD_SDK_PROJECT_ID: projectId,
  };
  return createContext({ requestId, userData, timeoutMs: 30_000 });
}

function expect(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`answered ${actual} instead of ${expected}`);
}
