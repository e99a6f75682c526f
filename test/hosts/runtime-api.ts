import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a function gave back for one invocation. */
export interface Ending {
  /** `response`, or `error` where it threw. */
  readonly kind: string;
  readonly body: unknown;
}

export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const PREFIX = '/2018-06-01/runtime';
const ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:cancel';

/** Lambda's Runtime API on loopback (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), for one instance. */
export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #waiting: Invocation[] = [];
  readonly #endings = new Map<string, (ending: Ending) => void>();
  #idle: ServerResponse | undefined;
  /** Called whenever the instance asks for its next invocation. */
  onIdle: () => void = () => undefined;

  static async start(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    await once(api.#server.listen(0, '127.0.0.1'), 'listening');
    return api;
  }

  private get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What Lambda sets in the environment of a function, whose package is unpacked in the folder. */
  environmentOf(folder: string): Record<string, string> {
    return {
      AWS_LAMBDA_RUNTIME_API: this.address,
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'index.handler',
      AWS_LAMBDA_FUNCTION_NAME: 'cancel',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/cancel',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0',
    };
  }

  /** Hands over an invocation as soon as the instance asks for one, and waits for its end. */
  invoke(invocation: Invocation): Promise<Ending> {
    const ended = new Promise<Ending>((resolve) => this.#endings.set(invocation.requestId, resolve));
    this.#waiting.push(invocation);
    this.#handOver();
    return ended;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace(PREFIX, '') ?? '';
    if (path === '/invocation/next') {
      this.#idle = response;
      this.onIdle();
      this.#handOver();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
    const [, id = '', kind = ''] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    this.#endings.get(id)?.({ kind, body: JSON.parse(Buffer.concat(chunks).toString()) });
  }

  #handOver(): void {
    if (this.#idle === undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const idle = this.#idle;
    this.#idle = undefined;
    const headers = {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.requestId,
      'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
      'lambda-runtime-invoked-function-arn': ARN,
      ...next.headers,
    };
    idle.writeHead(200, headers).end(JSON.stringify(next.event));
  }
}
