import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Clock, systemClock } from '../clock.ts';
import { LOOPBACK, listen } from '../listen.ts';
import { errorAnswer } from './answers.ts';
import { AssetStore } from './assets.ts';
import { type Account, Authenticator } from './authentication.ts';
import type { Backend } from './backend.ts';
import { type RecordedCall, recordCall } from './calls.ts';
import { Exchange } from './exchange.ts';
import { FaultQueue, type InjectOptions, type WaitingFault } from './fault-queue.ts';
import type { Fault, FaultName } from './faults.ts';
import { LIMIT_KINDS, type LimitKind, STRICTEST } from './minute-limit.ts';

export type { Clock } from '../clock.ts';
export type { Asset, AssetStatus, AssetStore, TranscodeStatus } from './assets.ts';
export type { Account } from './authentication.ts';
export type { RecordedCall } from './calls.ts';
export type { Fault, FaultName } from './faults.ts';

export interface VodStandInOptions {
  readonly accounts: readonly Account[];
  /** Default: the system's. It also decides whether a signature's date is valid. */
  readonly clock?: Clock;
  /** How long a transcode waits, in ms. Default `Infinity`: until it is cancelled. */
  readonly waitMs?: number;
  /** How long it then runs, in ms. Default 60,000. */
  readonly transcodeMs?: number;
  /** Default 0: the system chooses. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The tenant's limit on cancel calls. Default 100, as VOD documents it. */
  readonly callsPerMinute?: number;
  /** What a minute is and which calls count, which VOD does not document. Default: the strictest. */
  readonly limitKind?: LimitKind;
}

export interface VodStandIn {
  /** `http(s)://127.0.0.1:PORT` */
  readonly origin: string;
  /** All received calls, oldest first. */
  readonly calls: readonly RecordedCall[];
  readonly assets: AssetStore;
  /** Injects a fault. Calls meet faults in the order of injection. */
  inject(fault: FaultName | Fault, options?: InjectOptions): void;
  clearFaults(): void;
  /** The faults that wait for calls. */
  waitingFaults(): readonly WaitingFault[];
  resetCalls(): void;
  /** Closes idle connections, as servers do. */
  endIdleConnections(): void;
  /** Calls `listener` with each finished call. @returns stops it */
  subscribe(listener: (call: RecordedCall) => void): () => void;
  /** The same for each call that has arrived. */
  subscribeToArrivals(listener: (call: RecordedCall) => void): () => void;
  /** Stops, cuts open connections and leaves no timer. */
  close(): Promise<void>;
}

/** The listeners to calls. */
class Listeners {
  readonly #listeners = new Set<(call: RecordedCall) => void>();

  /** @returns the way to stop it */
  add(listener: (call: RecordedCall) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(call: RecordedCall): void {
    for (const listener of this.#listeners) listener(call);
  }
}

/** Answers one call, by a fault or normally. */
async function serve(exchange: Exchange, faults: FaultQueue): Promise<void> {
  const met = faults.take(exchange.call.operation);
  exchange.call.fault = met?.name;
  try {
    await (met === undefined ? exchange.send(await exchange.proceed()) : met.fault(exchange));
  } catch (error) {
    // The client has gone, or the stand-in closes.
    if (exchange.isOver || exchange.response.headersSent) return;
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
export async function startVodStandIn(options: VodStandInOptions): Promise<VodStandIn> {
  const {
    clock = systemClock,
    waitMs = Number.POSITIVE_INFINITY,
    transcodeMs = 60_000,
    callsPerMinute = 100,
    limitKind = STRICTEST,
  } = options;
  const assets = new AssetStore(clock, { waitMs, transcodeMs });
  const authenticator = new Authenticator(options.accounts, clock);
  const cancelLimit = LIMIT_KINDS[limitKind](clock, callsPerMinute);
  const backend: Backend = { clock, assets, authenticator, cancelLimit, callsPerMinute };
  const faults = new FaultQueue();
  const calls: RecordedCall[] = [];
  const arrived = new Listeners();
  const over = new Listeners();

  const onRequest: RequestListener = (request, response) => {
    const call = recordCall(request, clock);
    const startedAt = performance.now();
    calls.push(call);
    // The stream fails if the client has gone. The stand-in ignores that.
    response.on('error', () => undefined);
    response.once('close', () => {
      call.durationMs = performance.now() - startedAt;
      over.tell(call);
    });
    arrived.tell(call);
    void serve(new Exchange(backend, call, request, response), faults);
  };
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  // Never: on a busy machine, Node's 5 s could end a connection between two attempts of a cancel.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port ?? 0);

  return {
    origin: `${options.tls ? 'https' : 'http'}://${LOOPBACK}:${port}`,
    calls,
    assets,
    inject: (fault, injectOptions) => faults.inject(fault, injectOptions),
    clearFaults: () => faults.clear(),
    waitingFaults: () => faults.list(),
    resetCalls: () => calls.splice(0),
    endIdleConnections: () => server.closeIdleConnections(),
    subscribe: (listener) => over.add(listener),
    subscribeToArrivals: (listener) => arrived.add(listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
