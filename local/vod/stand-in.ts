import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Clock, systemClock } from '../clock.ts';
import { LOOPBACK, listen } from '../listen.ts';
import { errorAnswer } from './answers.ts';
import { AssetStore } from './assets.ts';
import { type Account, Authenticator } from './authentication.ts';
import type { RecordedCall } from './calls.ts';
import { type Backend, Exchange } from './exchange.ts';
import { FaultQueue, type InjectOptions } from './fault-queue.ts';
import type { Fault, FaultName } from './faults.ts';
import { LIMIT_KINDS, type LimitKind, STRICTEST } from './minute-limit.ts';

export interface VodStandInOptions {
  readonly accounts: readonly Account[];
  /** Default: the system's. It also decides whether a signature's date is valid. */
  readonly clock?: Clock;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The tenant's limit on cancel calls. Default 100, as VOD documents it. */
  readonly callsPerMinute?: number;
  /** What a minute is and which calls count, which VOD does not document. Default: the strictest. */
  readonly limitKind?: LimitKind;
}

/** Answers one call, by a fault or normally. */
async function serve(exchange: Exchange, faults: FaultQueue): Promise<void> {
  const met = faults.take(exchange.call.operation);
  exchange.call.fault = met?.name;
  try {
    await (met === undefined ? exchange.send(await exchange.proceed()) : met.fault(exchange));
  } catch (error) {
    // The client has gone, or the stand-in closes.
    if (exchange.response.destroyed || exchange.response.headersSent) return;
    exchange.send(errorAnswer(500, 'APIGW.0601', `The stand-in failed: ${String(error)}`));
  }
}

/**
 * Starts a VOD on loopback: a real server that checks signatures, keeps assets and their transcodes, and
 * fails on demand.
 *
 * @example
 * ```ts
 * const vod = await startVodStandIn({ accounts: [{ ak, sk, projectId }] });
 * vod.assets.put(assetId, { transcodeStatus: 'WAITING_TRANSCODE' });
 * vod.inject('applied-no-answer');
 * ```
 */
export async function startVodStandIn(options: VodStandInOptions) {
  const { clock = systemClock, callsPerMinute = 100, limitKind = STRICTEST } = options;
  const assets = new AssetStore(clock);
  const authenticator = new Authenticator(options.accounts, clock);
  const cancelLimit = LIMIT_KINDS[limitKind](clock, callsPerMinute);
  const backend: Backend = { clock, assets, authenticator, cancelLimit, callsPerMinute };
  const faults = new FaultQueue();
  const calls: RecordedCall[] = [];

  const onRequest: RequestListener = (request, response) => {
    const exchange = new Exchange(backend, request, response);
    calls.push(exchange.call);
    // The stream fails if the client has gone. The stand-in ignores that.
    response.on('error', () => undefined);
    void serve(exchange, faults);
  };
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  // Never: on a busy machine, Node's 5 s could end a connection between two attempts of a cancel.
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0);

  return {
    /** `http(s)://127.0.0.1:PORT` */
    origin: `${options.tls ? 'https' : 'http'}://${LOOPBACK}:${port}`,
    /** All received calls, oldest first. */
    calls: calls as readonly RecordedCall[],
    assets,
    /** Injects a fault. Calls meet faults in the order of injection. */
    inject: (fault: FaultName | Fault, injectOptions?: InjectOptions) => faults.inject(fault, injectOptions),
    clearFaults: () => faults.clear(),
    /** The faults that wait for calls. */
    waitingFaults: () => faults.list(),
    resetCalls: () => void calls.splice(0),
    /** Closes idle connections, as servers do. */
    endIdleConnections: () => server.closeIdleConnections(),
    /** Stops, cuts open connections and leaves no timer. */
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type VodStandIn = Awaited<ReturnType<typeof startVodStandIn>>;
