/** The API over HTTP on a loopback port: checks every signature, records every call, fails where a test says so. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { refusalReason } from './authentication.ts';
import { type Answer, type Members, Platform, textOf } from './platform.ts';

export const KEYS = { ak: 'TESTACCESSKEY0000001', sk: 'test-secret-key-that-is-nobody-s', securityToken: 'test-token' };
export const PROJECT_ID = '0123456789abcdef0123456789abcdef';

export interface RecordedCall {
  /** `PUT web config`: method, function, what of it. */
  readonly call: string;
  readonly body: Members;
  readonly status: number;
}

export class StandIn {
  readonly platform = new Platform();
  readonly calls: RecordedCall[] = [];
  /** Answers the first call of this name with this instead. */
  readonly failures = new Map<string, Answer>();
  /** How many writes it still lets through; every later one is an internal error. */
  stopAfter = Number.POSITIVE_INFINITY;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The calls since the last time, in order; reads left out unless asked for. */
  take({ reads = false } = {}): string[] {
    const taken = this.calls.splice(0);
    return taken.map(({ call }) => call).filter((call) => reads || !call.startsWith('GET'));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method = '', url: target = '' } = request;
    const headers = request.headers as Record<string, string>;
    const problem = refusalReason({ method, target, headers, body }, KEYS);
    const parsed = body === '' ? {} : (JSON.parse(body) as Members);
    const { call, run } = this.#route(method, decodeURIComponent(target), parsed);
    const answer = problem === undefined ? (this.#failure(call) ?? run()) : refusal(problem, headers);
    this.calls.push({ call, body: parsed, status: answer.status });
    response.writeHead(answer.status, { 'content-type': 'application/json', location: 'http://192.0.2.1/' });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  #failure(call: string): Answer | undefined {
    if (!call.startsWith('GET') && this.stopAfter-- <= 0)
      return { status: 500, body: { error_code: 'FSS.0500', error_msg: 'Internal error' } };
    const answer = this.failures.get(call);
    this.failures.delete(call);
    return answer;
  }

  #route(method: string, target: string, body: Members): { call: string; run: () => Answer } {
    const { platform } = this;
    if (target === `/v2/${PROJECT_ID}/fgs/functions`)
      return { call: `${method} ${shortName(textOf(body['func_name']))}`, run: () => platform.create(body) };
    if (target === `/v2/${PROJECT_ID}/groups/group-1/streams/stream-1/content/query`) {
      const logs = platform.logLines.map((content, index) => ({ content, line_num: String(index) }));
      return { call: `${method} logs`, run: () => ({ status: 200, body: { count: logs.length, logs } }) };
    }
    const [, kind, name = '', rest = ''] =
      new RegExp(
        `^/v2/${PROJECT_ID}/fgs/(functions|triggers)/urn:fss:[a-z0-9-]+:${PROJECT_ID}:function:(?:samples|default):([^/:]+)/?(.*)$`,
      ).exec(target) ?? [];
    const short = shortName(name);
    if (kind === 'functions')
      return { call: `${method} ${short} ${rest}`.trim(), run: () => platform.handle(method, name, rest, body) };
    const [type = '', id] = rest.split('/');
    const triggerType = type || textOf(body['trigger_type_code']);
    return {
      call: `${method} ${short} trigger ${triggerType}`.trim(),
      run: () => platform.handleTrigger(method, name, id, body),
    };
  }
}

const shortName = (name: string): string => name.replace(/^(?:sample-test|vod-transcode-cancel-prod)-/, '');

/** As the gateway does it: with the caller's own headers in the message. */
const refusal = (problem: string, headers: Readonly<Record<string, string | undefined>>): Answer => ({
  status: 401,
  body: {
    error_code: 'APIGW.0301',
    error_msg: `Incorrect IAM authentication information: ${problem}, ${headers['authorization']}, ${headers['x-security-token']}`,
    request_id: 'gateway-request',
  },
});
