import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { parse as parseYaml } from 'yaml';
import { type GatewayRequest, splitTarget } from '../gateway/event.ts';
import { type HttpAnswer, json, problem } from '../gateway/problem.ts';
import type { VodStandIn } from '../vod/stand-in.ts';
import { ACTIONS, type Action } from './actions.ts';
import { isPagePath, pageAnswer } from './page.ts';

/** The largest body of an action, in bytes. */
const MAX_BODY_BYTES = 4_096;

export interface ApiOptions {
  /** Undefined if the functions call the real VOD. Actions cannot change it. */
  readonly standIn: VodStandIn | undefined;
  /** The warning about the real VOD; null with the stand-in. */
  readonly notice: string | null;
  readonly openStream: () => Readable;
  /** Called when an action may have changed something. */
  readonly changed: () => void;
}

/** The description of the HTTP function, in JSON for clients that read no YAML. */
function openapiAnswer(): HttpAnswer {
  const yaml = readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8');
  return json(200, parseYaml(yaml));
}

const READS = new Map<string, (options: ApiOptions) => HttpAnswer>([
  ['/openapi.json', openapiAnswer],
  ['/console/vod', ({ notice }) => json(200, { notice })],
  [
    '/console/stream',
    ({ openStream }: ApiOptions) => ({
      status: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
      body: openStream(),
    }),
  ],
]);

/** Runs an action. It takes only JSON, which a page of another site cannot send without a preflight (CORS). */
function act(action: Action, request: GatewayRequest, { standIn, changed }: ApiOptions): HttpAnswer {
  if (request.method !== 'POST') return problem(405, 'Use POST for changes.', { allow: 'POST' });
  if (standIn === undefined) return problem(409, 'This is the real VOD. The console cannot change it.');
  if (!/^application\/json(?:;|$)/i.test(String(request.headers['content-type']))) {
    return problem(415, 'The body must be application/json.');
  }
  if (request.body.length > MAX_BODY_BYTES) return problem(413, 'The body is over 4 KiB.');
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(request.body).toString('utf8'));
  } catch {
    return problem(400, 'The body is not JSON.');
  }
  const answer = action(standIn, body);
  changed();
  return answer;
}

/** Answers the console's routes. @returns undefined if the request is for none of them */
export function answerConsole(request: GatewayRequest, options: ApiOptions): HttpAnswer | undefined {
  const { path } = splitTarget(request.target);
  const read = READS.get(path) ?? (isPagePath(path) ? () => pageAnswer(path) : undefined);
  if (read !== undefined) {
    return request.method === 'GET' ? read(options) : problem(405, 'Use GET for this path.', { allow: 'GET' });
  }
  const action = ACTIONS.get(path);
  return action && act(action, request, options);
}
