import { BUNDLES } from '../../local/bundles.ts';
import { toApigEvent } from '../../local/gateway/event.ts';
import { FunctionTimeoutError, loadFunction } from '../../local/gateway/function.ts';
import { newRequestId } from '../../local/request-id.ts';
import type { FunctionName } from '../../scripts/functions.ts';
import { captureOutput } from './output.ts';

/** One run of a function. Plain data, because another process may have to run it. */
export interface Invocation {
  readonly functionName: FunctionName;
  readonly assetId: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Time after which the host kills an invocation, in milliseconds. */
  readonly remainingMs: number;
  /** How many invocations, one after the other. The last one is reported. */
  readonly times: number;
}

/** The result of an invocation; plain data too. */
export interface InvocationResult {
  readonly response?: unknown;
  readonly thrown?: { readonly name: string; readonly code: string | undefined; readonly message: string };
  /** Whether the host killed it because it was late. */
  readonly killed: boolean;
  readonly elapsedMs: number;
  /** Everything that was printed, in all invocations. */
  readonly lines: readonly string[];
}

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
    source: 'test/faults',
    type: 'vod.upload.superseded',
    data: { asset_id: assetId },
  }),
} as const satisfies Record<FunctionName, (assetId: string) => unknown>;

/** Loads the built function anew, as a new process would, and calls it. */
export async function invokeFresh(invocation: Invocation): Promise<InvocationResult> {
  const invoke = await loadFunction(BUNDLES[invocation.functionName], {
    userData: invocation.settings,
    timeoutMs: invocation.remainingMs,
  });
  const event = EVENTS[invocation.functionName](invocation.assetId);
  let last: Omit<InvocationResult, 'lines'> | undefined;
  const { lines, done } = captureOutput(async () => {
    for (let i = 0; i < invocation.times; i += 1) last = await timed(() => invoke(event, newRequestId()));
  });
  await done;
  if (last === undefined) throw new Error('there was nothing to invoke');
  return { ...last, lines };
}

async function timed(call: () => Promise<unknown>): Promise<Omit<InvocationResult, 'lines'>> {
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
