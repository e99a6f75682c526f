import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { own } from '../../lib/json.ts';
import type { Clock } from '../clock.ts';
import { readBody } from '../read-body.ts';
import { newRequestId } from '../request-id.ts';
import { type Answer, errorAnswer } from './answers.ts';
import type { AssetStore } from './assets.ts';
import type { Authenticator } from './authentication.ts';
import { parseTarget, type RecordedCall, recordCall, route } from './calls.ts';
import type { MinuteLimit } from './minute-limit.ts';
import { OPERATIONS } from './operations.ts';

/** API Gateway's limit on a request's body: "larger than 12 MB" is a 413 (its table of error codes, APIGW.0201). */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** Everything behind the socket. */
export interface Backend {
  readonly clock: Clock;
  readonly assets: AssetStore;
  readonly authenticator: Authenticator;
  readonly cancelLimit: MinuteLimit;
  readonly callsPerMinute: number;
}

/** One request and its answer. The normal course or a fault answers it. */
export class Exchange {
  readonly call: RecordedCall;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId = newRequestId();
  readonly #backend: Backend;
  readonly #withinLimit: boolean;

  /** Records the request and counts it, before it is read. */
  constructor(backend: Backend, request: IncomingMessage, response: ServerResponse) {
    this.call = recordCall(request, backend.clock.now());
    this.request = request;
    this.response = response;
    this.#backend = backend;
    this.#withinLimit = this.call.operation !== 'cancel' || backend.cancelLimit();
  }

  /**
   * Reads the request, authenticates it and changes the asset. The gateway comes first: it checks paths and keys. The
   * service checks only what the gateway accepts.
   *
   * @returns the normal answer, which is not sent yet
   */
  async proceed(): Promise<Answer> {
    const { call, request } = this;
    const { assets, authenticator, callsPerMinute } = this.#backend;
    const body = await readBody(request, MAX_BODY_BYTES);
    const target = parseTarget(call.url);
    const { operation, projectId } = route(call.method, target.path);
    if (operation === 'other') return errorAnswer(404, 'APIGW.0101');
    if (body === undefined) return errorAnswer(413, 'APIGW.0201', 'Request entity too large.');
    const verdict = authenticator.authenticate({ ...target, method: call.method, headers: call.headers, body });
    if ('refusal' in verdict) return verdict.refusal;
    if (!this.#withinLimit) {
      const policy = `policy user over ratelimit,limit:${callsPerMinute},time:1 minute`;
      return errorAnswer(429, 'APIGW.0308', `The throttling threshold has been reached: ${policy}`);
    }
    if (projectId !== verdict.account.projectId) return errorAnswer(403, 'VOD.10057');
    return OPERATIONS[operation](assets, { call, query: target.query, body });
  }

  /** Sends a correct answer. */
  send(answer: Answer): void {
    const { status, headers, body } = this.prepare(answer);
    // Without flushHeaders, head and body go in one write. A separate write would cost a packet more per answer.
    this.response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': body.length }) });
    this.response.end(body);
  }

  /**
   * Encodes an answer and records it as sent. The gateway repeats the request id in the bodies of its errors, VOD does
   * not.
   */
  prepare({ status, headers, body = '' }: Answer) {
    const code = own(body, 'error_code');
    this.call.status = status;
    this.call.code = typeof code === 'string' ? code : undefined;
    // The clock that also checks signatures.
    this.response.setHeader('date', new Date(this.#backend.clock.now()).toUTCString());
    const { requestId } = this;
    const json = this.call.code?.startsWith('APIGW.') ? Object.assign({}, body, { request_id: requestId }) : body;
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...headers },
      body: Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)),
    };
  }

  /** Cuts the connection with a TCP reset. Node cannot send one under TLS, so there it only closes the socket. */
  reset(): void {
    const { socket } = this.request;
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
  }

  /** Waits. Rejects when the client disconnects or the stand-in closes. */
  sleep(ms: number): Promise<void> {
    const { response } = this;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        response.off('close', end);
        if (response.destroyed) reject(new Error('the peer has gone'));
        else resolve();
      };
      const timer = setTimeout(end, ms);
      response.on('close', end);
      if (response.destroyed) end();
    });
  }
}
