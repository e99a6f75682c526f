import { own } from '../../json.ts';
import { traceIdOf } from '../../log/trace.ts';
import { fromBase64 } from './encoded.ts';
import { type Delivery, identified, message, type Source } from './source.ts';

/** `source` and `id` are also required, but an event without them is still understood. */
export function isCloudEvent(event: unknown): boolean {
  return own(event, 'specversion') === '1.0' && typeof own(event, 'type') === 'string';
}

/** The `data` of a CloudEvent (JSON format §3.1): any JSON value, JSON as text, or bytes as `data_base64`. */
export function dataOf(event: unknown): Delivery {
  const data = own(event, 'data');
  return data === undefined || data === null ? fromBase64(own(event, 'data_base64')) : message(data);
}

/** The Distributed Tracing extension. */
export function traceOf(event: unknown): { readonly traceId?: string } {
  const traceId = traceIdOf([own(event, 'traceparent')]);
  return traceId === undefined ? {} : { traceId };
}

export function openCloudEvent(event: unknown): Delivery {
  const delivery = { eventType: String(own(event, 'type')), ...dataOf(event), ...traceOf(event) };
  return identified(delivery, own(event, 'source'), own(event, 'id'));
}

/** CloudEvents 1.0 in JSON, as Huawei EventGrid delivers them: one event a call. */
export const cloudEvents: Source = {
  name: 'cloudevents',
  matches: isCloudEvent,
  open: (event) => [openCloudEvent(event)],
};

/** The attributes of a CloudEvent that are read. */
const ATTRIBUTES = ['type', 'source', 'id', 'traceparent'] as const;

/**
 * Reads a Kafka record whose headers may be those of a CloudEvent in binary mode (Kafka protocol binding §3.2). The
 * value of the record is then the data of that event, so that an event of another type is ignored.
 */
export function inBinaryMode(headers: readonly (readonly [string, unknown])[], delivery: Delivery): Delivery {
  const attributes = Object.fromEntries(
    ATTRIBUTES.flatMap((name) => {
      const values = headers.filter(([header]) => header.toLowerCase() === `ce_${name}`).map(([, value]) => value);
      // Repeated headers are joined, so their event has an unknown type.
      return values.length === 0 ? [] : [[name, values.map(headerText).join()] as const];
    }),
  );
  const { type } = attributes;
  if (type === undefined) return delivery;
  if (delivery.kind !== 'message') return { eventType: type, ...delivery };
  return message({ specversion: '1.0', ...attributes, data: delivery.value });
}

/** Lambda sends the value of a header as a list of signed bytes. Any other value counts as an empty one. */
function headerText(value: unknown): string {
  if (typeof value === 'string') return value;
  const isBytes = Array.isArray(value) && value.every((byte) => typeof byte === 'number');
  return isBytes ? Buffer.from(value).toString() : '';
}
