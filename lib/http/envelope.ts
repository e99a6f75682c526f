import { Failure } from '../cancel/failure.ts';
import { isRecord, type JsonObject } from '../json.ts';
import { GATEWAYS, type Gateway, isAuthorizerEvent } from './gateways.ts';
import { headerValues } from './headers.ts';

/** A gateway's event, recognised but not yet read: enough to log the request and to answer it, whatever it asks for. */
export interface HttpEnvelope {
  readonly gateway: Gateway['name'];
  /** The part of the request that still has to be percent-decoded. */
  readonly encoded: Gateway['encoded'];
  /** In capital letters. */
  readonly method: string;
  /** The `traceparent` headers as they came; a request has at most one (W3C Trace Context §3.2). */
  readonly traceparent: readonly string[];
  /** The answer's headers must be `multiValueHeaders`: an ALB with that attribute reads nothing else. */
  readonly multiValueHeaders: boolean;
  readonly event: JsonObject;
}

/**
 * Recognises an HTTP gateway's event (APIG, API Gateway v1 and v2, ALB, function URL).
 *
 * @throws Failure - `UNSUPPORTED_EVENT` where the event is no HTTP request
 */
export function openEnvelope(event: unknown): HttpEnvelope {
  const gateway =
    isRecord(event) && !isAuthorizerEvent(event) ? GATEWAYS.find(({ matches }) => matches(event)) : undefined;
  const method = isRecord(event) ? gateway?.method(event) : undefined;
  if (!isRecord(event) || gateway === undefined || typeof method !== 'string' || method === '') {
    throw new Failure('unsupported_event');
  }
  return {
    gateway: gateway.name,
    encoded: gateway.encoded,
    method: method.toUpperCase(),
    traceparent: headerValues(event, 'traceparent'),
    multiValueHeaders: gateway.name === 'alb' && isRecord(event['multiValueHeaders']),
    event,
  };
}

/** The same where it is no matter whether the event is one. Never throws. */
export function recogniseEnvelope(event: unknown): HttpEnvelope | undefined {
  try {
    return openEnvelope(event);
  } catch {
    return undefined;
  }
}
