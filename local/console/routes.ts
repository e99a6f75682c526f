import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { parse as parseYaml } from 'yaml';
import { type GatewayRequest, splitTarget } from '../gateway/event.ts';
import { type HttpAnswer, json } from '../gateway/problem.ts';
import type { VodStandIn } from '../vod/stand-in.ts';
import { act } from './actions.ts';
import { pageAnswer } from './page.ts';

interface RouteOptions {
  /** Undefined if the functions call the real VOD. */
  readonly standIn: VodStandIn | undefined;
  /** The warning about the real VOD; null with the stand-in. */
  readonly notice: string | null;
  readonly openStream: () => Readable;
}

/** The description of the HTTP function, in JSON for clients that read no YAML. */
function openapiAnswer(): HttpAnswer {
  const yaml = readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8');
  return json(200, parseYaml(yaml));
}

const streamAnswer = (body: Readable): HttpAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body,
});

/** Answers the console's routes. @returns undefined if the request is for none of them */
export function answerConsole(request: GatewayRequest, options: RouteOptions): HttpAnswer | undefined {
  if (request.method === 'POST') return act(request, options.standIn);
  if (request.method !== 'GET') return undefined;
  const { path } = splitTarget(request.target);
  if (path === '/openapi.json') return openapiAnswer();
  if (path === '/console/vod') return json(200, { notice: options.notice });
  if (path === '/console/stream') return streamAnswer(options.openStream());
  return pageAnswer(path);
}
