import { decodePercent } from '../percent.ts';
import { newRequestId } from '../request-id.ts';
import { toEvent, UnreadableEventError } from './cloudevents.ts';
import { type GatewayRequest, splitTarget, toApigEvent } from './event.ts';
import { FunctionTimeoutError, type Invoke } from './function.ts';
import { type HttpAnswer, json, problem } from './problem.ts';

/** The functions behind the gateway; undefined if not built. */
export interface Functions {
  readonly cancelHttp: Invoke | undefined;
  readonly cancelSuperseded: Invoke | undefined;
}

/** The function takes any path. Without an id in the path, the query or the body must name the asset. */
const CANCEL_ROUTE = /^(?:\/assets\/([^/]*))?\/transcode-task$/;

interface FunctionResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const isFinalStatus = (status: unknown): boolean =>
  Number.isInteger(status) && Number(status) >= 200 && Number(status) < 600;

/** Whether API Gateway accepts this as a response. */
function isFunctionResponse(value: unknown): value is FunctionResponse {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'statusCode' in value &&
    isFinalStatus(value.statusCode) &&
    'headers' in value &&
    typeof value.headers === 'object' &&
    value.headers !== null &&
    'body' in value &&
    typeof value.body === 'string' &&
    'isBase64Encoded' in value &&
    typeof value.isBase64Encoded === 'boolean'
  );
}

/** Every method is passed on, because the function itself refuses the wrong ones. */
async function cancelHttp(invoke: Invoke | undefined, request: GatewayRequest, assetId?: string): Promise<HttpAnswer> {
  if (invoke === undefined) return problem(404, 'The function cancel-http has not been built.');
  const requestId = newRequestId();
  try {
    const parameters: Record<string, string> = assetId === undefined ? {} : { asset_id: decodePercent(assetId) };
    const result = await invoke(toApigEvent(request, parameters, requestId), requestId);
    if (!isFunctionResponse(result)) return problem(500, 'The function did not return a response.');
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

async function cancelSuperseded(invoke: Invoke | undefined, request: GatewayRequest): Promise<HttpAnswer> {
  if (invoke === undefined) return problem(404, 'The function cancel-superseded has not been built.');
  if (request.method !== 'POST') return problem(405, 'Use POST for events.', { allow: 'POST' });
  try {
    return json(200, await invoke(toEvent(request), newRequestId()));
  } catch (error) {
    if (error instanceof UnreadableEventError) return problem(400, error.message);
    if (!(error instanceof Error)) return json(500, { errorType: 'UserFunctionError', errorMessage: String(error) });
    return json(500, { errorType: error.name, errorMessage: error.message });
  }
}

/** Finds the function for a request and returns its answer. */
export async function answerRequest(functions: Functions, request: GatewayRequest): Promise<HttpAnswer> {
  const { path } = splitTarget(request.target);
  const cancel = CANCEL_ROUTE.exec(path);
  if (cancel !== null) return cancelHttp(functions.cancelHttp, request, cancel[1]);
  if (path === '/events') return cancelSuperseded(functions.cancelSuperseded, request);
  return problem(404, 'Not found. The functions are at /assets/{asset_id}/transcode-task and /events.');
}
