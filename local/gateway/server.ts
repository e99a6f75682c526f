import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { own } from '../../lib/json.ts';
import type { FunctionName } from '../../scripts/functions.ts';
import { LOOPBACK, listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import type { GatewayRequest } from './event.ts';
import { type Invoke, loadFunction } from './function.ts';
import { refusalOf } from './guard.ts';
import { type HttpAnswer, problem } from './problem.ts';
import { answerRequest, type Functions } from './routes.ts';

/** Hooks around the functions, and routes beside them. */
export interface GatewayHooks {
  /** Wraps a function, once. The result is called in its place. */
  readonly wrap: (name: FunctionName, invoke: Invoke) => Invoke;
  /** Called after the guard, before the functions' routes. @returns undefined if the request is for another route */
  readonly route: (request: GatewayRequest) => HttpAnswer | undefined;
}

export interface GatewayOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Paths of the built functions. */
  readonly bundles: Readonly<Record<FunctionName, string>>;
  /** The functions' settings, as user data. */
  readonly settings: Readonly<Record<string, string>>;
  /** The functions' timeout in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** Default: none. */
  readonly hooks?: GatewayHooks;
}

/** "4 MB": what FunctionGraph's APIG trigger takes (its user guide, functiongraph_01_0204). API Gateway alone takes 12 MB. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Node's codes for a header that HTTP does not allow. */
const INVALID_HEADER: ReadonlySet<unknown> = new Set(['ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN']);

/** Sends an answer. A problem takes its place if it fails. */
async function send(response: ServerResponse, answer: Promise<HttpAnswer>): Promise<void> {
  try {
    const { status, headers, body } = await answer;
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (body instanceof Readable) await pipeline(body, response);
    else response.end(body);
  } catch (error) {
    // Other requests must not suffer.
    if (response.headersSent) return;
    const detail = INVALID_HEADER.has(own(error, 'code'))
      ? "The function's response is not valid HTTP."
      : 'The gateway could not send the answer.';
    const { headers, body } = problem(500, detail);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(500, { ...headers }).end(body);
  }
}

/**
 * Starts the gateway: it takes HTTP on loopback and calls the built functions with API Gateway's events.
 *
 * @throws Error if a bundle cannot be loaded, or the port cannot be bound (`EADDRINUSE`, …)
 */
export async function startGateway({ port, bundles, settings, timeoutMs = 10_000, hooks }: GatewayOptions) {
  const load = async (name: FunctionName): Promise<Invoke> => {
    const invoke = await loadFunction(bundles[name], { userData: settings, timeoutMs });
    return hooks?.wrap(name, invoke) ?? invoke;
  };
  const functions: Functions = {
    'cancel-http': await load('cancel-http'),
    'cancel-superseded': await load('cancel-superseded'),
  };
  let origin = '';
  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const { method = '', url = '', headers } = request;
    const refusal = refusalOf(headers, origin);
    if (refusal !== undefined) return problem(403, refusal);
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === undefined) return problem(413, 'The body is over 4 MiB.');
    const read = { method, target: url, headers, body };
    return hooks?.route(read) ?? answerRequest(functions, read);
  };
  const server = createServer((request, response) => void send(response, answer(request)));
  origin = `http://${LOOPBACK}:${await listen(server, port)}`;
  return {
    /** `http://127.0.0.1:PORT`. Requests to another Host are refused. */
    origin,
    /** Stops. Running requests get `graceMs` to finish. */
    close: (graceMs = 1_000) =>
      new Promise<void>((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;
