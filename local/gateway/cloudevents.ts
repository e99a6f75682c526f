import { unescape as decodePercent } from 'node:querystring';
import { parseJson } from '../../lib/json.ts';
import type { GatewayRequest } from './event.ts';

/** Attribute names are lower-case letters and digits. */
const ATTRIBUTE_HEADER = /^ce-([a-z0-9]+)$/;

const JSON_MEDIA_TYPE = /^[a-z]+\/(?:json|[^;]+\+json)$/;

const mediaTypeOf = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();

const textOf = (value: string | string[] | undefined): string => String(value ?? '');

/** Reads binary content mode: the headers are the attributes, and the body is the data. */
function fromBinary({ headers, body }: GatewayRequest): unknown {
  const attributes = Object.entries(headers).flatMap(([header, value]) => {
    const name = ATTRIBUTE_HEADER.exec(header)?.[1];
    // Values with more than printable ASCII are percent-encoded.
    return name === undefined ? [] : [[name, decodePercent(textOf(value))]];
  });
  const contentType = textOf(headers['content-type']);
  const event = { ...Object.fromEntries(attributes), ...(contentType === '' ? {} : { datacontenttype: contentType }) };
  if (body.length === 0) return event;
  if (!JSON_MEDIA_TYPE.test(mediaTypeOf(contentType))) return { ...event, data_base64: body.toString('base64') };
  const data = parseJson(body.toString());
  return data === undefined ? undefined : { ...event, data };
}

/**
 * Converts a request to an event: CloudEvents 1.0 over HTTP, structured or binary, to one CloudEvent in JSON. Other
 * JSON stays as it is.
 *
 * @returns undefined if the body is not the JSON that it should be
 */
export function toEvent(request: GatewayRequest): unknown {
  const structured = mediaTypeOf(textOf(request.headers['content-type'])) === 'application/cloudevents+json';
  const binary = request.headers['ce-specversion'] !== undefined;
  return binary && !structured ? fromBinary(request) : parseJson(request.body.toString());
}
