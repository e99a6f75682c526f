import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { readBody } from '../read-body.ts';
import { newRequestId } from '../request-id.ts';
import { type Answer, type EncodedAnswer, encode, errorCodeOf } from './answers.ts';
import { type Backend, respond } from './backend.ts';
import type { RecordedCall } from './calls.ts';

/** The gateway's limit on a request's body. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** One request and its answer. The normal course or a fault answers it. */
export class Exchange {
  readonly call: RecordedCall;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId = newRequestId();
  readonly #backend: Backend;
  readonly #withinLimit: boolean;
  readonly #gone = new AbortController();

  constructor(backend: Backend, call: RecordedCall, request: IncomingMessage, response: ServerResponse) {
    this.#backend = backend;
    this.call = call;
    this.request = request;
    this.response = response;
    this.#withinLimit = call.operation !== 'cancel' || backend.cancelLimit.take();
    response.once('close', () => this.#gone.abort());
  }

  /** Reads the request, authenticates it and changes the asset. Returns the normal answer without sending it. */
  async proceed(): Promise<Answer> {
    const body = await readBody(this.request, MAX_BODY_BYTES);
    return respond(this.#backend, this.call, { body, withinLimit: this.#withinLimit });
  }

  /** Sends a correct answer. */
  send(answer: Answer): void {
    const { status, headers, body } = this.prepare(answer);
    // Without flushHeaders, head and body go in one write. A separate write would cost a packet more per answer.
    this.response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': body.length }) });
    this.response.end(body);
  }

  /** Encodes an answer and records it as sent. */
  prepare(answer: Answer): EncodedAnswer {
    // The clock that also checks signatures.
    this.response.setHeader('date', new Date(this.#backend.clock.now()).toUTCString());
    this.call.status = answer.status;
    this.call.code = errorCodeOf(answer);
    return encode(answer, this.requestId);
  }

  /** Cuts the connection with a TCP reset. Node cannot send one under TLS, so there it only closes the socket. */
  reset(): void {
    const { socket } = this.request;
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
  }

  /** Waits. Rejects when the client disconnects or the stand-in closes. */
  sleep(ms: number): Promise<void> {
    const { signal } = this.#gone;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      const giveUp = (): void => {
        clearTimeout(timer);
        reject(new Error('the peer has gone'));
      };
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Whether the client has gone. */
  get isOver(): boolean {
    return this.#gone.signal.aborted;
  }
}
