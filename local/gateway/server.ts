import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK, listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { loadFunction } from './function.ts';
import { refusalOf } from './guard.ts';
import { type HttpAnswer, problem } from './problem.ts';
import { answerRequest, type Functions } from './routes.ts';

export interface GatewayOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Paths of the built functions; where there is no file, the function's route says so. */
  readonly bundles: { readonly cancelHttp: string; readonly cancelSuperseded: string };
  /** The functions' settings, handed to them as user data. */
  readonly settings: Readonly<Record<string, string>>;
  /** The functions' timeout. Default 10 s. */
  readonly timeoutMs?: number;
}

export interface Gateway {
  /** `http://127.0.0.1:PORT`, the only Host it answers to. */
  readonly origin: string;
  /** Stops taking requests, lets those under way finish for at most `graceMs` (default 1 s), then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/** API Gateway's limit on a request's body. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

async function answer(request: IncomingMessage, origin: string, functions: Functions): Promise<HttpAnswer> {
  const refusal = refusalOf(request.headers, origin);
  if (refusal !== undefined) return problem(403, refusal);
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) return problem(413, 'The body is over 12 MiB.');
  const { method = '', url = '', headers } = request;
  return answerRequest(functions, { method, target: url, headers, body });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  functions: Functions,
): Promise<void> {
  try {
    const { status, headers, body } = await answer(request, origin, functions);
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(body);
  } catch {
    // The client has gone, or the function's answer cannot be put into HTTP. Either way no one else may suffer.
    if (response.headersSent || response.destroyed) return;
    const { headers, body } = problem(500, "The function's response is not valid HTTP.");
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(500, { ...headers }).end(body);
  }
}

/**
 * Starts the gateway: HTTP on loopback, API Gateway's events to the built functions.
 *
 * @throws when a bundle cannot be loaded, or the port cannot be bound (`EADDRINUSE`, …)
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { bundles, settings, timeoutMs = 10_000 } = options;
  const context = { userData: settings, timeoutMs };
  const functions: Functions = {
    cancelHttp: await loadFunction(bundles.cancelHttp, context),
    cancelSuperseded: await loadFunction(bundles.cancelSuperseded, context),
  };
  let origin = '';
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void serve(request, response, origin, functions);
  });
  origin = `http://${LOOPBACK}:${await listen(server, options.port)}`;
  return {
    origin,
    close: (graceMs = 1_000) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}
