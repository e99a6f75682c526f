import { decodePercent } from '../percent.ts';
import type { GatewayRequest } from './event.ts';

/** Thrown if a body does not match its content type. The caller may see the message. */
export class UnreadableEventError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableEventError';
  }
}

/** Attribute names are lower-case letters and digits. */
const ATTRIBUTE_HEADER = /^ce-([a-z0-9]+)$/;

const JSON_MEDIA_TYPE = /^[a-z]+\/(?:json|[^;]+\+json)$/;

const mediaTypeOf = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();

const textOf = (value: string | string[] | undefined): string => [value ?? ''].flat().join(',');

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (cause) {
    throw new UnreadableEventError('The body is not JSON.', { cause });
  }
}

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
  if (JSON_MEDIA_TYPE.test(mediaTypeOf(contentType))) return { ...event, data: parseJson(body) };
  return { ...event, data_base64: Buffer.from(body).toString('base64') };
}

/**
 * Converts a request to an event: CloudEvents 1.0 over HTTP, structured or binary, to one CloudEvent in JSON. Other
 * JSON stays as it is.
 *
 * @throws UnreadableEventError when the body is not the JSON it should be
 */
export function toEvent(request: GatewayRequest): unknown {
  const structured = mediaTypeOf(textOf(request.headers['content-type'])) === 'application/cloudevents+json';
  const binary = request.headers['ce-specversion'] !== undefined;
  return binary && !structured ? fromBinary(request) : parseJson(request.body);
}
