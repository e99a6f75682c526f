import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/** VOD's errors have some hundred bytes; anything longer than this is not an answer of VOD's. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Hosts freeze a process between two invocations and the peer closes idle connections meanwhile, unseen by us. So an
 * older one is not used again: a request lost on a stale connection is a cancel in doubt.
 */
const MAX_IDLE_MS = 4_000;

/** A request ready for the wire: signed, with every header it needs. */
export interface WireRequest {
  readonly method: string;
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | undefined;
}

/** An answer that arrived whole. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as text; undefined where it was longer than {@link MAX_BODY_BYTES}, the rest of it was not read. */
  readonly body: string | undefined;
}

/** Why there is no answer; `unreachable` means that the request was never sent. */
export type LossKind = 'unreachable' | 'timeout' | 'connection_lost';

/** Thrown by {@link send} where no whole answer arrived; the message is ours, the cause is Node's. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: LossKind;

  constructor(kind: LossKind, options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/** The connections to one origin, and how to open them. */
interface Pool {
  readonly agent: HttpAgent;
  readonly secure: boolean;
  readonly address: { readonly hostname: string; readonly port: string };
}

/** Keep-alive pools by origin, shared by all keys: a connection carries no credentials, each request its own. */
const pools = new Map<string, Pool>();

const idleSince = new WeakMap<Socket, number>();

function poolFor(origin: string): Pool {
  const known = pools.get(origin);
  if (known) return known;
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  agent.on('free', (socket: Socket) => idleSince.set(socket, Date.now()));
  // A URL has an IPv6 address in brackets, a connection wants it without.
  const pool = { agent, secure, address: { hostname: hostname.replace(/^\[|\]$/g, ''), port } };
  pools.set(origin, pool);
  return pool;
}

/** The wall clock, for it also runs while the process is frozen; a clock set back makes every connection old. */
function dropIdle({ freeSockets }: HttpAgent): void {
  const now = Date.now();
  for (const name in freeSockets) {
    for (const socket of freeSockets[name] ?? []) {
      const idleMs = now - (idleSince.get(socket) ?? 0);
      if (idleMs > MAX_IDLE_MS || idleMs < 0) socket.destroy();
    }
  }
}

/**
 * Sends one request and reads its answer, without following redirects.
 *
 * @param timeoutMs - from connect to the last byte, in milliseconds, whatever the server does
 * @returns every answer, errors of VOD's included
 * @throws TransportError where no whole answer arrived
 */
export function send(request: WireRequest, timeoutMs: number): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const { origin, path, method, body } = request;
    // Node writes the length of a body by itself for some methods only, GET not among them.
    const headers =
      body === undefined ? request.headers : { ...request.headers, 'content-length': Buffer.byteLength(body) };
    const { agent, secure, address } = poolFor(origin);
    dropIdle(agent);
    let sent = false;
    const outgoing = (secure ? httpsRequest : httpRequest)({ ...address, path, method, headers, agent });
    const fail = (kind: LossKind, cause?: unknown): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(new TransportError(sent ? kind : 'unreachable', { cause }));
    };
    // A busy process runs its timers first: an answer that has arrived meanwhile is read before it is given up.
    const timer = setTimeout(() => setImmediate(fail, 'timeout'), timeoutMs);
    const lose = (cause?: unknown): void => fail('connection_lost', cause);
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket) sent = true;
      else socket.once(secure ? 'secureConnect' : 'connect', () => (sent = true));
    });
    outgoing.on('error', lose);
    outgoing.on('response', (incoming) => {
      readBody(incoming, lose, (body) => {
        clearTimeout(timer);
        if (body === undefined) outgoing.destroy();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
      });
    });
    outgoing.end(body);
  });
}

function readBody(
  incoming: IncomingMessage,
  lose: (cause?: unknown) => void,
  done: (body: string | undefined) => void,
): void {
  // A 204 ends with its head (RFC 9110 §15.3.5). Bytes that follow it all the same break the connection, not the answer.
  if (incoming.statusCode === 204) {
    incoming.resume();
    done('');
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) done(undefined);
    else chunks.push(chunk);
  });
  incoming.on('error', lose);
  incoming.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
  // Neither 'end' nor, on every supported Node, 'error' comes when the connection is cut in mid-body.
  incoming.on('close', () => {
    if (!incoming.complete) lose();
  });
}
