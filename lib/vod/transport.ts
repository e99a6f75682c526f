import {
  type ClientRequest,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  validateHeaderValue,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { monotonicMs } from '../time.ts';
import { dropStale, type Pool, poolFor } from './pool.ts';

/** VOD's errors have some hundred bytes; anything longer than this is not an answer of VOD's. */
const MAX_BODY_BYTES = 64 * 1024;

const BYTE_ORDER_MARK = '\uFEFF';

/** A request ready for the wire: signed, with every header it needs. */
export interface WireRequest {
  readonly method: string;
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer that arrived whole. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /**
   * The body as text, without a byte order mark. Undefined where it was longer than {@link MAX_BODY_BYTES}; the rest of
   * it was not read.
   */
  readonly body: string | undefined;
}

/** An answer, and how it came. */
export interface ReceivedAnswer extends WireAnswer {
  /** On a connection that an earlier request had used. */
  readonly reused: boolean;
}

/** Why there is no answer; `unreachable` means that the request was never sent. */
export type LossKind = 'unreachable' | 'timeout' | 'connection_lost';

interface LossOptions extends ErrorOptions {
  readonly reused?: boolean;
  readonly reusedConnectionLost?: boolean;
}

/** Thrown by {@link send} where no whole answer arrived; the message is ours, the cause is Node's. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: LossKind;
  /** A used connection was lost before the first byte of the answer. The other side may not have read the request. */
  readonly reusedConnectionLost: boolean;
  /** The request left on a connection that an earlier one had used. */
  readonly reused: boolean;

  constructor(kind: LossKind, { reusedConnectionLost = false, reused = false, ...options }: LossOptions = {}) {
    super(kind, options);
    this.kind = kind;
    this.reused = reused;
    this.reusedConnectionLost = reusedConnectionLost;
  }
}

/**
 * Sends one request and reads its answer, without following redirects.
 *
 * @param timeoutMs - from connect to the last byte, in milliseconds, whatever the server does
 * @returns every answer, errors of VOD's included
 * @throws TransportError where no whole answer arrived
 */
export async function send(request: WireRequest, timeoutMs: number): Promise<ReceivedAnswer> {
  const startedAt = monotonicMs();
  const pool = poolFor(request.origin);
  await dropStale(pool);
  return exchange(pool, request, timeoutMs - (monotonicMs() - startedAt));
}

function exchange(pool: Pool, request: WireRequest, timeoutMs: number): Promise<ReceivedAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = open(pool, request);
    let sent = false;
    let hasAnswerBegun = (): boolean => false;
    const fail = (kind: LossKind, cause?: unknown): void => {
      clearTimeout(timer);
      const reused = outgoing.reusedSocket;
      const reusedConnectionLost = kind === 'connection_lost' && reused && !hasAnswerBegun();
      outgoing.destroy();
      reject(new TransportError(sent ? kind : 'unreachable', { cause, reusedConnectionLost, reused }));
    };
    // A busy process runs its timers first: an answer that has arrived meanwhile is read before it is given up.
    const timer = setTimeout(() => setImmediate(fail, 'timeout'), timeoutMs);
    const lose = (cause?: unknown): void => fail('connection_lost', cause);
    outgoing.on('socket', (socket) => {
      const { bytesRead } = socket;
      hasAnswerBegun = () => socket.bytesRead > bytesRead;
      if (outgoing.reusedSocket) sent = true;
      else socket.once(pool.secure ? 'secureConnect' : 'connect', () => (sent = true));
    });
    outgoing.on('error', lose);
    outgoing.on('response', (incoming) => {
      readBody(incoming, lose, (body) => {
        clearTimeout(timer);
        if (body === undefined) outgoing.destroy();
        const { statusCode: status = 0, headers } = incoming;
        resolve({ status, headers, body, reused: outgoing.reusedSocket });
      });
    });
    outgoing.end(request.body);
  });
}

function open({ agent, secure, address }: Pool, { path, method, headers, body }: WireRequest): ClientRequest {
  // Before the request is made: an error after that would leave it open.
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  const outgoing = (secure ? httpsRequest : httpRequest)({ ...address, path, method, agent });
  // Not among the options: Node prints those when NODE_DEBUG names `http` or `net`, `Authorization` included.
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  // Node writes the length of a body by itself for some methods only, GET not among them.
  if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
  return outgoing;
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
  incoming.on('end', () => done(textOf(Buffer.concat(chunks))));
  // Neither 'end' nor, on every supported Node, 'error' comes when the connection is cut in mid-body.
  incoming.on('close', () => {
    if (!incoming.complete) lose();
  });
}

function textOf(body: Buffer): string {
  const text = body.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
