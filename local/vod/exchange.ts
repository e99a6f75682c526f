import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { readBody } from '../read-body.ts';
import { newRequestId } from '../request-id.ts';
import { type Answer, type EncodedAnswer, encode, errorCodeOf } from './answers.ts';
import { type Backend, respond } from './backend.ts';
import type { RecordedCall } from './calls.ts';

/** The gateway's limit on a request's body. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** One request and its answer, in the hands of whoever answers it: the normal course, or a fault. */
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

  /** Reads the request, authenticates it and changes the asset; returns the normal answer without sending it. */
  async proceed(): Promise<Answer> {
    const body = await readBody(this.request, MAX_BODY_BYTES);
    return respond(this.#backend, this.call, { body, withinLimit: this.#withinLimit });
  }

  /** Sends an answer as it should be. */
  send(answer: Answer): void {
    const { body } = this.#head(answer, 'exact');
    // In one write with the head: flushed alone it would cost a busy client a packet more for every answer.
    this.response.end(body);
  }

  /**
   * Sends the head of an answer only.
   *
   * @param length - the content-length to claim, `exact` for the true one
   * @returns the encoded answer, whose body is left to the caller
   */
  begin(answer: Answer, length: number | 'exact' | 'chunked' = 'exact'): EncodedAnswer {
    const encoded = this.#head(answer, length);
    this.response.flushHeaders();
    return encoded;
  }

  #head(answer: Answer, length: number | 'exact' | 'chunked'): EncodedAnswer {
    const encoded = this.prepare(answer);
    const claimed = length === 'exact' ? encoded.body.length : length;
    const withLength = claimed !== 'chunked' && answer.status !== 204;
    // By the clock that signatures are checked by.
    this.response.setHeader('date', new Date(this.#backend.clock.now()).toUTCString());
    this.response.writeHead(
      encoded.status,
      withLength ? { ...encoded.headers, 'content-length': claimed } : { ...encoded.headers },
    );
    return encoded;
  }

  /** Encodes an answer and notes it as the one that went out, for those who write to the socket by themselves. */
  prepare(answer: Answer): EncodedAnswer {
    this.call.status = answer.status;
    this.call.code = errorCodeOf(answer);
    return encode(answer, this.requestId);
  }

  /** Cuts the connection with a TCP reset; under TLS, where Node has no way to send one, without a farewell. */
  reset(): void {
    const { socket } = this.request;
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
  }

  /** Waits; rejects as soon as the peer has gone or the stand-in is closed, so that nothing is left waiting. */
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

  /** Whether there is no one left to answer. */
  get isOver(): boolean {
    return this.#gone.signal.aborted;
  }
}
