import { unescape as decodePercent } from 'node:querystring';
import * as v from 'valibot';
import type { FunctionName } from '../../scripts/functions.ts';
import { newRequestId } from '../request-id.ts';
import { toEvent } from './cloudevents.ts';
import { type GatewayRequest, splitTarget, toApigEvent } from './event.ts';
import { FunctionTimeoutError, type Invoke } from './function.ts';
import { errorView, type HttpAnswer, json, problem } from './problem.ts';

/** The functions behind the gateway. */
export type Functions = Readonly<Record<FunctionName, Invoke>>;

/** The function takes any path. Without an id in the path, the query or the body must name the asset. */
const CANCEL_ROUTE = /^(?:\/assets\/([^/]*))?\/transcode-task$/;

/** What API Gateway accepts as a response. */
const FunctionResponse = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  body: v.string(),
  isBase64Encoded: v.boolean(),
});

/** Every method is passed on, because the function itself refuses the wrong ones. */
async function cancelHttp(invoke: Invoke, request: GatewayRequest, assetId?: string): Promise<HttpAnswer> {
  const requestId = newRequestId();
  try {
    const parameters: Record<string, string> = assetId === undefined ? {} : { asset_id: decodePercent(assetId) };
    const result = await invoke(toApigEvent(request, parameters, requestId), requestId);
    if (!v.is(FunctionResponse, result)) return problem(500, 'The function did not return a response.');
    const { statusCode, headers, body, isBase64Encoded } = result;
    return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
  } catch (error) {
    if (error instanceof FunctionTimeoutError) return problem(504, error.message);
    return problem(
      500,
      `The function threw instead of answering: ${error instanceof Error ? error.name : typeof error}.`,
    );
  }
}

async function cancelSuperseded(invoke: Invoke, request: GatewayRequest): Promise<HttpAnswer> {
  if (request.method !== 'POST') return problem(405, 'Use POST for events.', { allow: 'POST' });
  const event = toEvent(request);
  if (event === undefined) return problem(400, 'The body is not JSON.');
  try {
    return json(200, await invoke(event, newRequestId()));
  } catch (error) {
    return json(500, errorView(error));
  }
}

/** Finds the function for a request and returns its answer. */
export async function answerRequest(functions: Functions, request: GatewayRequest): Promise<HttpAnswer> {
  const { path } = splitTarget(request.target);
  const cancel = CANCEL_ROUTE.exec(path);
  if (cancel !== null) return cancelHttp(functions['cancel-http'], request, cancel[1]);
  if (path === '/events') return cancelSuperseded(functions['cancel-superseded'], request);
  return problem(404, 'Not found. The functions are at /assets/{asset_id}/transcode-task and /events.');
}
