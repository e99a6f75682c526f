import { own } from '../json.ts';
import { textOfBase64 } from './base64.ts';
import type { Source } from './source.ts';

/** `source` and `id` are required as well, but nothing here needs them. */
export function isCloudEvent(event: unknown): boolean {
  return own(event, 'specversion') === '1.0' && typeof own(event, 'type') === 'string';
}

/** The `data` of a CloudEvent (JSON format §3.1): any JSON value, JSON as text, or bytes as `data_base64`. */
export function dataOf(event: unknown): unknown {
  return own(event, 'data') ?? textOfBase64(own(event, 'data_base64'));
}

/** The Distributed Tracing extension. */
export function traceOf(event: unknown): { readonly traceparent?: string } {
  const traceparent = own(event, 'traceparent');
  return typeof traceparent === 'string' ? { traceparent } : {};
}

/** CloudEvents 1.0 in JSON, as Huawei EventGrid delivers them: one event a call. */
export const cloudEvents: Source = {
  name: 'cloudevents',
  matches: isCloudEvent,
  open: (event) => [
    { kind: 'message', value: dataOf(event), eventType: String(own(event, 'type')), ...traceOf(event) },
  ],
};
