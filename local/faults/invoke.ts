import { BUNDLES } from '../bundles.ts';
import { toApigEvent } from '../gateway/event.ts';
import { FunctionTimeoutError, loadFunction } from '../gateway/function.ts';
import { newRequestId } from '../request-id.ts';
import { captureOutput } from './output.ts';

export const FUNCTION_NAMES = ['cancel-http', 'cancel-superseded'] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** An order to call a function; plain data, as it may have to be carried out in another process. */
export interface Order {
  readonly functionName: FunctionName;
  readonly assetId: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Time the host leaves for one invocation, and kills it after, in milliseconds. */
  readonly remainingMs: number;
  /** How many invocations one after the other; the last one is reported. */
  readonly invocations: number;
}

/** What came of an invocation; plain data too. */
export interface Invoked {
  readonly response?: unknown;
  readonly thrown?: { readonly name: string; readonly code: string | undefined; readonly message: string };
  /** The host killed it, as it was not back in time. */
  readonly killed: boolean;
  readonly elapsedMs: number;
  /** What was printed in all invocations. */
  readonly lines: readonly string[];
}

const PATHS = { 'cancel-http': BUNDLES.cancelHttp, 'cancel-superseded': BUNDLES.cancelSuperseded } as const;

const EVENTS = {
  'cancel-http': (assetId: string) =>
    toApigEvent(
      { method: 'DELETE', target: `/assets/${assetId}/transcode-task`, headers: {}, body: Buffer.alloc(0) },
      { asset_id: assetId },
      newRequestId(),
    ),
  'cancel-superseded': (assetId: string) => ({
    specversion: '1.0',
    id: newRequestId(),
    source: 'local/faults',
    type: 'vod.upload.superseded',
    data: { asset_id: assetId },
  }),
} as const satisfies Record<FunctionName, (assetId: string) => unknown>;

/** Loads the built function as a new process would, with nothing left of what ran before, and calls it. */
export async function invokeFresh(order: Order): Promise<Invoked> {
  const path = PATHS[order.functionName];
  const invoke = await loadFunction(path, { userData: order.settings, timeoutMs: order.remainingMs });
  if (invoke === undefined) throw new Error(`${order.functionName} has not been built`);
  const event = EVENTS[order.functionName](order.assetId);
  let last: Omit<Invoked, 'lines'> | undefined;
  const { lines, done } = captureOutput(async () => {
    for (let i = 0; i < order.invocations; i += 1) last = await timed(() => invoke(event, newRequestId()));
  });
  await done;
  if (last === undefined) throw new Error('there was nothing to invoke');
  return { ...last, lines };
}

async function timed(call: () => Promise<unknown>): Promise<Omit<Invoked, 'lines'>> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  try {
    const response = await call();
    return { response, killed: false, elapsedMs: elapsed() };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'none', message: String(error) };
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const killed = error instanceof FunctionTimeoutError;
    return { thrown: { name, code, message }, killed, elapsedMs: elapsed() };
  }
}
