import { FUNCTION_NAMES, type FunctionName, type Invoked, invokeFresh, type Order } from './invoke.ts';
import { REMAINING_MS, type Row } from './row.ts';
import { observe, type Seen } from './seen.ts';
import { invokeTrusting } from './tls.ts';
import { ASSET_ID, openWorld, type World } from './world.ts';

/** What was seen of both functions in a row. */
export type SeenOfBoth = Readonly<Record<FunctionName, Seen>>;

/**
 * Runs both functions through one row: the built bundles, freshly loaded, each against a VOD of its own. Rows can run at
 * the same time, as they share nothing.
 *
 * @returns what was seen; it rejects only where the row could not be set up
 */
export async function runRow(row: Row): Promise<SeenOfBoth> {
  const worlds = { 'cancel-http': await openWorld(row), 'cancel-superseded': await openWorld(row) };
  try {
    const orders = FUNCTION_NAMES.map((name) => orderOf(row, name, worlds[name]));
    const invoked = await (row.target?.startsWith('tls-') ? invokeTrusting(orders) : invokeHere(orders));
    const seen = orders.map(({ functionName }, i) => {
      const one = invoked[i];
      if (one === undefined) throw new Error(`nothing was seen of ${functionName}`);
      return [functionName, observe(one, worlds[functionName])] as const;
    });
    return Object.fromEntries(seen) as SeenOfBoth;
  } finally {
    await Promise.all(Object.values(worlds).map((world) => world.close()));
  }
}

function orderOf(row: Row, functionName: FunctionName, { settings }: World): Order {
  const { remainingMs = REMAINING_MS, invocations = 1 } = row;
  return { functionName, assetId: ASSET_ID, settings, remainingMs, invocations };
}

const invokeHere = (orders: readonly Order[]): Promise<readonly Invoked[]> => Promise.all(orders.map(invokeFresh));
