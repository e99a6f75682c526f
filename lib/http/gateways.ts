import { isRecord, type JsonObject, own } from '../json.ts';

/** The layout of the events of one kind of HTTP gateway. */
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

const isFunctionUrl = (domain: unknown): boolean => typeof domain === 'string' && domain.includes('.lambda-url.');

/**
 * Whether an event is the one of a REQUEST authorizer of API Gateway, which has the same members as a request. A cancel
 * at that point would come before the authorisation.
 */
export function isAuthorizerEvent(event: JsonObject): boolean {
  return event['type'] === 'REQUEST' && (event['methodArn'] !== undefined || event['routeArn'] !== undefined);
}

/**
 * The gateways. The first that matches wins. Huawei's APIG comes last, because no member of its event is unique to it.
 * It only needs an `httpMethod`.
 */
export const GATEWAYS: readonly Gateway[] = [
  { name: 'alb', matches: (event) => isRecord(inContext(event, 'elb')), method: methodV1, encoded: 'query' },
  {
    // The events of a function URL and of an HTTP API have the same layout. Only the domain differs.
    name: 'function-url',
    matches: (event) => typeof methodV2(event) === 'string' && isFunctionUrl(inContext(event, 'domainName')),
    method: methodV2,
  },
  { name: 'api-gateway-v2', matches: (event) => typeof methodV2(event) === 'string', method: methodV2 },
  {
    // Only API Gateway names the resource that matched. An HTTP API can also send this layout, but with a version.
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
