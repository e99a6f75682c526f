import { ASSET_ID } from './contexts.ts';

export interface RequestParts {
  readonly method?: string;
  readonly path?: Readonly<Record<string, unknown>> | null;
  readonly query?: Readonly<Record<string, string | readonly string[]>> | null;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | null;
  readonly body?: unknown;
  readonly base64?: boolean;
}

const list = (value: string | readonly string[]): readonly string[] => [value].flat();

const last = (value: string | readonly string[]): string => list(value).at(-1) ?? '';

function mapValues<T, U>(object: Readonly<Record<string, T>> | null, map: (value: T) => U): Record<string, U> | null {
  return object && Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

const queryString = (query: RequestParts['query']): string =>
  Object.entries(query ?? {})
    .flatMap(([name, value]) => list(value).map((one) => `${name}=${encodeURIComponent(one)}`))
    .join('&');

/** One request as each gateway lays it out; by default a DELETE whose path names an asset. */
export const GATEWAY_EVENTS = {
  apig: ({
    method = 'DELETE',
    path = { asset_id: ASSET_ID },
    query = {},
    headers = {},
    body,
    base64,
  }: RequestParts) => ({
    body: body ?? '',
    requestContext: {
      apiId: 'bc1dcffd-aa35-474d-897c-d53425a4c08e',
      requestId: '11cdcdcf33949dc6d722640a13091c77',
      stage: 'RELEASE',
    },
    queryStringParameters: query,
    httpMethod: method,
    pathParameters: path,
    headers,
    path: `/assets/${ASSET_ID}/transcode-task`,
    isBase64Encoded: base64 ?? body === undefined,
  }),
  'api-gateway-v1': ({
    method = 'DELETE',
    path = { asset_id: ASSET_ID },
    query = {},
    headers = {},
    body,
    base64 = false,
  }: RequestParts) => ({
    resource: '/assets/{asset_id}/transcode-task',
    path: `/assets/${ASSET_ID}/transcode-task`,
    httpMethod: method,
    headers: mapValues(headers, last),
    multiValueHeaders: mapValues(headers, list),
    queryStringParameters: mapValues(query, last),
    multiValueQueryStringParameters: mapValues(query, list),
    pathParameters: path,
    stageVariables: null,
    requestContext: { resourceId: 'r', stage: 'prod', identity: { sourceIp: '192.0.2.1' } },
    body: body ?? null,
    isBase64Encoded: base64,
  }),
  'api-gateway-v2': ({
    method = 'DELETE',
    path = { asset_id: ASSET_ID },
    query = {},
    headers = {},
    body,
    base64 = false,
  }: RequestParts) => ({
    version: '2.0',
    routeKey: 'DELETE /assets/{asset_id}/transcode-task',
    rawPath: `/assets/${ASSET_ID}/transcode-task`,
    rawQueryString: queryString(query),
    headers: mapValues(headers, (value) => list(value).join(',')),
    queryStringParameters: mapValues(query, (value) => list(value).join(',')),
    pathParameters: path,
    requestContext: { http: { method, path: '/', sourceIp: '192.0.2.1' }, domainName: 'id.execute-api.example' },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
  }),
  // A function URL has no routes, so it has no path parameters: the id comes with the query.
  'function-url': ({ method = 'DELETE', path, query, headers = {}, body, base64 = false }: RequestParts) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: queryString(query ?? inQuery(path)),
    headers: mapValues(headers, (value) => list(value).join(',')),
    queryStringParameters: mapValues(query ?? inQuery(path), (value) => list(value).join(',')),
    requestContext: { http: { method, path: '/' }, domainName: 'id.lambda-url.eu-west-1.on.aws' },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
  }),
  // Nor has an ALB, and it leaves the query encoded.
  alb: ({ method = 'DELETE', path, query, headers = {}, body, base64 = false }: RequestParts) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1' } },
    httpMethod: method,
    path: '/',
    queryStringParameters: mapValues(query ?? inQuery(path), (value) => encodeURIComponent(last(value))),
    headers: mapValues(headers, last),
    body: body ?? '',
    isBase64Encoded: base64,
  }),
  'alb-multi': ({ method = 'DELETE', path, query, headers = {}, body, base64 = false }: RequestParts) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1' } },
    httpMethod: method,
    path: '/',
    multiValueQueryStringParameters: mapValues(query ?? inQuery(path), (value) => list(value).map(encodeURIComponent)),
    multiValueHeaders: mapValues(headers, list),
    body: body ?? '',
    isBase64Encoded: base64,
  }),
} as const satisfies Record<string, (parts: RequestParts) => object>;

function inQuery(path: RequestParts['path']): Record<string, string> {
  if (path === null) return {};
  const id = path === undefined ? ASSET_ID : path['asset_id'];
  return typeof id === 'string' ? { asset_id: id } : {};
}

export type GatewayName = keyof typeof GATEWAY_EVENTS;

export const GATEWAY_NAMES = Object.keys(GATEWAY_EVENTS) as readonly GatewayName[];

/** The request as Huawei's APIG would hand it to the function. */
export const apigEvent = (parts: RequestParts = {}) => GATEWAY_EVENTS.apig(parts);
