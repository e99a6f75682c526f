import { isUtf8 } from 'node:buffer';
import { Failure } from '../cancel/failure.ts';
import { type JsonObject, parseObject } from '../json.ts';

/** The largest body taken, in bytes, decoded. */
const MAX_BODY_BYTES = 65_536;

/** A text longer than this is too large whether it is base64 or not, so it need not be looked at. */
const MAX_TEXT_LENGTH = Math.ceil(MAX_BODY_BYTES / 3) * 4;

/** Padding may be missing, as some encoders leave it out; a remainder of one character is no base64. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Reads a gateway's body as a JSON object.
 *
 * @param body - what the event holds; none at all and an empty one are the same
 * @param flaggedBase64 - the event's `isBase64Encoded`; text so flagged that is no base64 is read as it stands, for
 *   FunctionGraph's own test events are such
 * @throws Failure - `BODY_TOO_LARGE` or `INVALID_BODY`
 */
export function readJsonBody(body: unknown, flaggedBase64: boolean): JsonObject | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  if (typeof body !== 'string') throw new Failure('invalid_body', 'INVALID_BODY');
  if (body.length > MAX_TEXT_LENGTH) throw new Failure('body_too_large', 'BODY_TOO_LARGE');
  const bytes = Buffer.from(body, flaggedBase64 && BASE64.test(body) ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw new Failure('body_too_large', 'BODY_TOO_LARGE');
  const json = isUtf8(bytes) ? parseObject(bytes.toString()) : undefined;
  if (json === undefined) throw new Failure('invalid_body', 'INVALID_BODY');
  return json;
}
