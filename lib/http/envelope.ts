import { Failure } from '../cancel/failure.ts';
import { isRecord, type JsonObject } from '../json.ts';
import { GATEWAYS, type Gateway, isAuthorizerEvent } from './gateways.ts';
import { headerValues } from './headers.ts';

/** A recognised event of a gateway: enough to log the request and to answer it. */
export interface HttpEnvelope {
  readonly gateway: Gateway['name'];
  /** The part of the request that is still percent-encoded. */
  readonly encoded: Gateway['encoded'];
  /** In upper case. */
  readonly method: string;
  /** All `traceparent` headers. A valid request has at most one (W3C Trace Context §3.2). */
  readonly traceparent: readonly string[];
  /** Whether the response must have `multiValueHeaders`: an ALB with that attribute reads no other headers. */
  readonly multiValueHeaders: boolean;
  readonly event: JsonObject;
}

/**
 * Recognises an HTTP gateway's event (APIG, API Gateway v1 and v2, ALB, function URL).
 *
 * @throws Failure - `UNSUPPORTED_EVENT` if the event is not an HTTP request
 */
export function openEnvelope(event: unknown): HttpEnvelope {
  if (!isRecord(event) || isAuthorizerEvent(event)) throw new Failure('unsupported_event');
  const gateway = GATEWAYS.find(({ matches }) => matches(event));
  const method = gateway?.method(event);
  if (gateway === undefined || typeof method !== 'string' || method === '') throw new Failure('unsupported_event');
  return {
    gateway: gateway.name,
    encoded: gateway.encoded,
    method: method.toUpperCase(),
    traceparent: headerValues(event, 'traceparent'),
    multiValueHeaders: gateway.name === 'alb' && isRecord(event['multiValueHeaders']),
    event,
  };
}

/** Recognises a gateway's event, and returns undefined for any other event. Never throws. */
export function recogniseEnvelope(event: unknown): HttpEnvelope | undefined {
  try {
    return openEnvelope(event);
  } catch {
    return undefined;
  }
}
