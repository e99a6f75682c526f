import { parse } from 'node:querystring';

/** A request as received. */
export interface GatewayRequest {
  readonly method: string;
  /** The request target: path and query, undecoded. */
  readonly target: string;
  /** Names in lower case, as Node has them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const API_ID = '00000000-0000-4000-8000-000000000000';

/** Cuts a request target at its first question mark. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

/**
 * Converts a request to the event that FunctionGraph makes of a request through API Gateway, as in the platform's samples:
 * lower-case header names, and a body that is always base64, even if it is empty.
 *
 * @param pathParameters - what the route found in the path, decoded
 * @param requestId - the gateway's id of the request, 32 hex digits
 */
export function toApigEvent(
  request: GatewayRequest,
  pathParameters: Readonly<Record<string, string>>,
  requestId: string,
) {
  const { path, query } = splitTarget(request.target);
  return {
    body: request.body.toString('base64'),
    requestContext: { apiId: API_ID, requestId, stage: 'RELEASE' },
    // A name that occurs once has its value, a repeated name has a list. The limit of 1,000 names is off.
    queryStringParameters: { ...parse(query, '&', '=', { maxKeys: 0 }) },
    httpMethod: request.method,
    pathParameters,
    headers: request.headers,
    path,
    isBase64Encoded: true,
  };
}
