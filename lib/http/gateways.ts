import { isRecord, type JsonObject, own } from '../json.ts';

/** How one kind of HTTP gateway lays out its event. */
export interface Gateway {
  readonly name: 'alb' | 'function-url' | 'api-gateway-v2' | 'api-gateway-v1' | 'apig';
  readonly matches: (event: JsonObject) => boolean;
  readonly method: (event: JsonObject) => unknown;
}

const inContext = (event: JsonObject, name: string): unknown => own(event['requestContext'], name);

const methodV1 = (event: JsonObject): unknown => event['httpMethod'];
const methodV2 = (event: JsonObject): unknown => own(inContext(event, 'http'), 'method');

/**
 * The gateways; the first that matches wins. Huawei's APIG comes last: its event has nothing that is its own, and all
 * it needs is an `httpMethod`.
 */
export const GATEWAYS: readonly Gateway[] = [
  { name: 'alb', matches: (event) => isRecord(inContext(event, 'elb')), method: methodV1 },
  {
    // A function URL's event has the layout of an HTTP API's; the domain is what tells them apart.
    name: 'function-url',
    matches: (event) =>
      typeof methodV2(event) === 'string' && String(inContext(event, 'domainName')).includes('.lambda-url.'),
    method: methodV2,
  },
  { name: 'api-gateway-v2', matches: (event) => typeof methodV2(event) === 'string', method: methodV2 },
  {
    // Only a REST API's event names the resource that matched.
    name: 'api-gateway-v1',
    matches: (event) => typeof event['resource'] === 'string',
    method: methodV1,
  },
  { name: 'apig', matches: () => true, method: methodV1 },
];
