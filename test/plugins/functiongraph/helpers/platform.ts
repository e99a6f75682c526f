/** What the stand-in keeps, and how it answers: FunctionGraph's API v2 as documented, on one machine. */
import { createHash, randomUUID } from 'node:crypto';

export type Members = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

interface Deployed {
  config: Members;
  code: Buffer;
  asyncConfig: Members | undefined;
  triggers: Members[];
}

const NOT_FOUND: Answer = { status: 404, body: { error_code: 'FSS.1051', error_msg: 'Not found the function' } };

const members = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const codeMembers = (code: Buffer): Members => ({
  digest: createHash('sha512').update(code).digest('hex'),
  code_size: code.length,
});

const codeOf = (body: Members): Buffer => Buffer.from(textOf(members(body['func_code'])['file']), 'base64');

/** Parts of `event_data` that the API does not give back, or gives back changed. */
const givenBack = (type: string, data: Members): Members => {
  const { kafka_password: _kafka, access_password: _rabbit, ...visible } = data;
  if (type === 'EVENTGRID') {
    const { agency: _agency, channel_name: _channel, ...rest } = visible;
    return { ...rest, trigger_name: `fgs-${textOf(data['trigger_name'])}`, status: 'ACTIVE' };
  }
  if (type === 'APIG' || type === 'DEDICATEDGATEWAY')
    return { ...visible, api_id: randomUUID(), invoke_url: `https://api.example.com${textOf(data['path'])}` };
  return { ...visible, triggerid: randomUUID() };
};

export class Platform {
  readonly functions = new Map<string, Deployed>();
  readonly logLines: string[] = [];
  /** Members of "create a function" that this region ignores, as some do. */
  readonly ignoredAtCreation = new Set<string>();
  lastEvent: unknown;

  create(body: Members): Answer {
    const name = textOf(body['func_name']);
    const { func_code: _code, ...given } = body;
    const code = codeOf(body);
    const taken = Object.fromEntries(Object.entries(given).filter(([member]) => !this.ignoredAtCreation.has(member)));
    const strategy = { concurrency: 400, concurrent_num: 1 };
    const config = {
      ...taken,
      strategy_config: strategy,
      ...codeMembers(code),
      last_modified: '2026-01-01T00:00:00+08:00',
    };
    this.functions.set(name, { config, code, asyncConfig: undefined, triggers: [] });
    return { status: 200, body: config };
  }

  /** Everything under one function. */
  handle(method: string, name: string, rest: string, body: Members): Answer {
    const deployed = this.functions.get(name);
    if (deployed === undefined) return NOT_FOUND;
    const route = `${method} ${rest}`;
    const routes: Record<string, () => Answer> = {
      'GET config': () => ({ status: 200, body: deployed.config }),
      'PUT config': () => this.#update(deployed, body),
      'PUT code': () => this.#updateCode(deployed, body),
      'PUT config-max-instance': () =>
        this.#update(deployed, { strategy_config: { concurrency: body['max_instance_num'] } }),
      'GET async-invoke-config': () => (deployed.asyncConfig ? { status: 200, body: deployed.asyncConfig } : NOT_FOUND),
      'PUT async-invoke-config': () => {
        deployed.asyncConfig = { func_urn: name, ...body };
        return { status: 200, body: deployed.asyncConfig };
      },
      'DELETE async-invoke-config': () => {
        deployed.asyncConfig = undefined;
        return { status: 204 };
      },
      'GET lts-log-detail': () => ({ status: 200, body: { group_id: 'group-1', stream_id: 'stream-1' } }),
      'POST invocations': () => this.#invoke(body),
      'POST invocations-async': () => {
        this.lastEvent = body;
        return { status: 202, body: { request_id: 'async-request' } };
      },
      'DELETE ': () => {
        this.functions.delete(name);
        return { status: 204 };
      },
    };
    return routes[route]?.() ?? { status: 404, body: { error_code: 'APIGW.0101', error_msg: `No API ${route}` } };
  }

  handleTrigger(method: string, name: string, id: string | undefined, body: Members): Answer {
    const deployed = this.functions.get(name);
    if (deployed === undefined) return NOT_FOUND;
    // As documented: a status is DISABLED in requests, DISABLE in answers.
    const spelled = ({ trigger_status, ...rest }: Members) => ({
      ...rest,
      trigger_status: trigger_status === 'DISABLED' ? 'DISABLE' : trigger_status,
    });
    if (method === 'GET') return { status: 200, body: deployed.triggers.map(spelled) };
    if (method === 'POST') return this.#addTrigger(deployed, body);
    const trigger = deployed.triggers.find(({ trigger_id }) => trigger_id === id);
    if (trigger === undefined) return { status: 404, body: { error_code: 'FSS.1112', error_msg: 'No such trigger' } };
    if (method === 'PUT') Object.assign(trigger, { trigger_status: body['trigger_status'] });
    else deployed.triggers.splice(deployed.triggers.indexOf(trigger), 1);
    return method === 'PUT' ? { status: 200, body: trigger } : { status: 204 };
  }

  #update(deployed: Deployed, body: Members): Answer {
    deployed.config = { ...deployed.config, ...body };
    return { status: 200, body: deployed.config };
  }

  #updateCode(deployed: Deployed, body: Members): Answer {
    deployed.code = codeOf(body);
    return this.#update(deployed, codeMembers(deployed.code));
  }

  #addTrigger(deployed: Deployed, body: Members): Answer {
    const type = textOf(body['trigger_type_code']);
    const event_data = givenBack(type, members(body['event_data']));
    const trigger = {
      trigger_id: randomUUID(),
      trigger_type_code: type,
      trigger_status: body['trigger_status'],
      event_data,
    };
    deployed.triggers.push(trigger);
    return { status: 201, body: trigger };
  }

  #invoke(event: Members): Answer {
    this.lastEvent = event;
    const failed = event['fail'] === true;
    const result = failed ? '{"errorType":"TypeError"}' : '{"ok":true}';
    return { status: 200, body: { request_id: 'sync-request', result, log: 'last lines', status: failed ? 500 : 200 } };
  }
}
