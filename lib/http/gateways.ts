import { isRecord, type JsonObject, own } from '../json.ts';

/** How one kind of HTTP gateway lays out its event. */
export interface Gateway {
  readonly name: 'alb' | 'function-url' | 'api-gateway-v2' | 'api-gateway-v1' | 'apig';
  readonly matches: (event: JsonObject) => boolean;
  readonly method: (event: JsonObject) => unknown;
  /** The part of the request that this gateway leaves percent-encoded. */
  readonly encoded?: 'path' | 'query';
}

const inContext = (event: JsonObject, name: string): unknown => own(event['requestContext'], name);

const methodV1 = (event: JsonObject): unknown => event['httpMethod'];
const methodV2 = (event: JsonObject): unknown => own(inContext(event, 'http'), 'method');

/**
 * Whether an event only looks like a request: what API Gateway asks a REQUEST authorizer has the same members. Acting
 * on it would cancel before anybody was authorised.
 */
export function isAuthorizerEvent(event: JsonObject): boolean {
  return event['type'] === 'REQUEST' && (event['methodArn'] !== undefined || event['routeArn'] !== undefined);
}

/**
 * The gateways; the first that matches wins. Huawei's APIG comes last: its event has nothing that is its own, and all
 * it needs is an `httpMethod`.
 */
export const GATEWAYS: readonly Gateway[] = [
  { name: 'alb', matches: (event) => isRecord(inContext(event, 'elb')), method: methodV1, encoded: 'query' },
  {
    // A function URL's event has the layout of an HTTP API's; the domain is what tells them apart.
    name: 'function-url',
    matches: (event) =>
      typeof methodV2(event) === 'string' && String(inContext(event, 'domainName')).includes('.lambda-url.'),
    method: methodV2,
  },
  { name: 'api-gateway-v2', matches: (event) => typeof methodV2(event) === 'string', method: methodV2 },
  {
    // Only API Gateway names the resource that matched. An HTTP API can send this layout as well, with its version.
    name: 'api-gateway-v1',
    matches: (event) => typeof event['resource'] === 'string' && typeof event['version'] === 'string',
    method: methodV1,
  },
  {
    name: 'api-gateway-v1',
    matches: (event) => typeof event['resource'] === 'string',
    method: methodV1,
    encoded: 'path',
  },
  { name: 'apig', matches: () => true, method: methodV1 },
];
