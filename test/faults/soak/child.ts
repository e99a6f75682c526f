import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { BUNDLES } from '../../../local/bundles.ts';
import { createContext } from '../../../local/gateway/context.ts';
import { toApigEvent } from '../../../local/gateway/event.ts';
import { newRequestId } from '../../../local/request-id.ts';
import { concurrently } from '../concurrently.ts';
import { kindOf, type SoakPlan, type SoakSample } from './plan.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const outcomes: Record<string, number> = {};

/** What is printed is counted by its outcome and dropped: keeping it would be the growth that is looked for. */
function count(line: unknown): boolean {
  const { outcome } = JSON.parse(String(line)) as { readonly outcome?: unknown };
  if (typeof outcome === 'string') outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return true;
}

/** As a host loads them: once, by `require`. */
function loadHandler(path: string): Handler {
  const { handler } = createRequire(path)(path) as { readonly handler: Handler };
  return handler;
}

function contextOf(plan: SoakPlan, invocation: number): unknown {
  const known = plan.keys[Math.floor(invocation / 100) % plan.keys.length];
  const key = kindOf(invocation) === '8' ? plan.wrongKey : known;
  return createContext({
    requestId: newRequestId(),
    timeoutMs: 20_000,
    userData: {
      VOD_ENDPOINT: plan.endpoint,
      HUAWEICLOUD_SDK_PROJECT_ID: plan.projectId,
      VOD_CALLS_PER_MINUTE: '1000000',
      VOD_ATTEMPT_TIMEOUT_MS: kindOf(invocation) === '5' ? '50' : '10000',
      VOD_MAX_ATTEMPTS: kindOf(invocation) === '5' ? '1' : '3',
    },
    ...(key !== undefined && {
      agency: { accessKey: key.ak, secretKey: key.sk, securityToken: key.securityToken },
    }),
  });
}

function httpEvent(assetId: string): unknown {
  const request = { method: 'DELETE', target: `/assets/${assetId}`, headers: {}, body: Buffer.alloc(0) };
  return toApigEvent(request, { asset_id: assetId }, newRequestId());
}

/** Counts by their own events: what idles in a pool keeps no process alive, so Node does not list it. */
function countSockets(): () => number {
  let open = 0;
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { readonly socket: Socket };
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
  });
  return () => open;
}

const openSockets = countSockets();

const assetIdOf = (invocation: number): string =>
  kindOf(invocation) === '9' ? 'no id' : `${kindOf(invocation)}${invocation.toString(16).padStart(31, '0')}`;

function sample(invocations: number): SoakSample {
  if (globalThis.gc === undefined) throw new Error('this process must be started with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  // The channel to the parent is not the functions' doing.
  const resources = process.getActiveResourcesInfo().filter((resource) => !resource.startsWith('Pipe'));
  const timers = resources.filter((resource) => /^(?:Timeout|Immediate)$/.test(resource)).length;
  return {
    invocations,
    heapBytes: process.memoryUsage().heapUsed,
    sockets: openSockets(),
    timers,
    others: resources.length - timers,
    outcomes: { ...outcomes },
  };
}

/** Resolves when the parent has taken the sample: it clears its own record of calls then. */
function report(taken: SoakSample): Promise<void> {
  return new Promise((resolve, reject) => {
    process.once('message', () => resolve());
    process.send?.(taken, (error: Error | null) => {
      if (error) reject(error);
    });
  });
}

async function soak(plan: SoakPlan): Promise<void> {
  process.stdout.write = count;
  const [http, event] = [loadHandler(BUNDLES['cancel-http']), loadHandler(BUNDLES['cancel-superseded'])];
  const perSample = plan.invocations / plan.samples;
  for (let done = 0; done < plan.invocations; done += perSample) {
    const batch = Array.from({ length: perSample }, (_, i) => done + i);
    await concurrently(batch, plan.atOnce, async (invocation) => {
      const assetId = assetIdOf(invocation);
      const context = contextOf(plan, invocation);
      if (invocation % 2 === 0) await http(httpEvent(assetId), context);
      else await event({ asset_id: assetId }, context).catch(() => undefined);
    });
    // Sockets that were given up close, and those that are kept come to rest.
    await delay(50);
    await report(sample(done + perSample));
  }
}

process.once('message', (plan: SoakPlan) => {
  void soak(plan).then(
    () => process.disconnect(),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
