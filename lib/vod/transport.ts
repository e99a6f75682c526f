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

/** VOD's errors have a few hundred bytes. A longer body is not an answer of VOD. */
const MAX_BODY_BYTES = 64 * 1024;

const BYTE_ORDER_MARK = '\uFEFF';

/** A signed request with all its headers. */
export interface WireRequest {
  readonly method: string;
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The head of an answer. */
export interface WireHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** A complete answer. */
export interface WireAnswer extends WireHead {
  /**
   * The body as text, without a byte order mark. Undefined if it was longer than {@link MAX_BODY_BYTES}; the rest
   * was not read.
   */
  readonly body: string | undefined;
}

/** An answer and its connection. */
export interface ReceivedAnswer extends WireAnswer {
  /** Whether an earlier request had used the connection. */
  readonly reused: boolean;
}

/** Why there is no answer. `unreachable` means that the request was never sent. */
export type LossKind = 'unreachable' | 'timeout' | 'connection_lost';

interface LossOptions extends ErrorOptions {
  readonly reused?: boolean;
  readonly reusedConnectionLost?: boolean;
  readonly head?: WireHead | undefined;
}

/** Thrown by {@link send} if no complete answer arrived. The message is ours, the cause is Node's error. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: LossKind;
  /** A reused connection was lost before the first byte of the answer. The server may not have read the request. */
  readonly reusedConnectionLost: boolean;
  /** Whether an earlier request had used the connection. */
  readonly reused: boolean;
  /** The head of the answer that was lost. Undefined if it did not arrive. */
  readonly head: WireHead | undefined;

  constructor(kind: LossKind, { reusedConnectionLost = false, reused = false, head, ...options }: LossOptions = {}) {
    super(kind, options);
    this.head = head;
    this.kind = kind;
    this.reused = reused;
    this.reusedConnectionLost = reusedConnectionLost;
  }
}

/**
 * Sends one request and reads its answer, without following redirects.
 *
 * @param timeoutMs - from connect to the last byte, in milliseconds, whatever the server does
 * @returns every answer, including VOD's errors
 * @throws TransportError if no complete answer arrived
 * @throws TypeError if a header holds characters that HTTP does not allow
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
    let head: WireHead | undefined;
    let hasAnswerBegun = (): boolean => false;
    const fail = (kind: LossKind, cause?: unknown): void => {
      clearTimeout(timer);
      const reused = outgoing.reusedSocket;
      const reusedConnectionLost = kind === 'connection_lost' && reused && !hasAnswerBegun();
      outgoing.destroy();
      reject(new TransportError(sent ? kind : 'unreachable', { cause, reusedConnectionLost, reused, head }));
    };
    // A busy process runs its timers first. An answer that has arrived meanwhile is read before the call fails.
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
      const { statusCode: status = 0, headers } = incoming;
      head = { status, headers };
      readBody(incoming, lose, (body) => {
        clearTimeout(timer);
        if (body === undefined) outgoing.destroy();
        resolve({ status, headers, body, reused: outgoing.reusedSocket });
      });
    });
    outgoing.end(request.body);
  });
}

function open({ agent, secure, hostname, port }: Pool, { path, method, headers, body }: WireRequest): ClientRequest {
  const entries = Object.entries(headers);
  // The check comes before the request: an error after it would leave the request open.
  for (const [name, value] of entries) validateHeaderValue(name, value);
  const outgoing = (secure ? httpsRequest : httpRequest)({ hostname, port, path, method, agent });
  // The headers are not options: if NODE_DEBUG names `http` or `net`, Node prints the options, including
  // `Authorization`.
  for (const [name, value] of entries) outgoing.setHeader(name, value);
  // Node sets the length of a body only for some methods, and GET is not one of them.
  if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
  return outgoing;
}

function readBody(
  incoming: IncomingMessage,
  lose: (cause?: unknown) => void,
  done: (body: string | undefined) => void,
): void {
  // A 204 ends with its head (RFC 9110 §15.3.5). More bytes never change the answer.
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
  // If the connection is cut in the middle of the body, there is no 'end', and not every supported Node emits 'error'.
  incoming.on('close', () => {
    if (!incoming.complete) lose();
  });
}

function textOf(body: Buffer): string {
  const text = body.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
