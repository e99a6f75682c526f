import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../base64.ts';
import { Failure } from '../cancel/failure.ts';
import { isRecord, type JsonObject, parseJson } from '../json.ts';

/** The largest body taken, in bytes, decoded. */
const MAX_BODY_BYTES = 65_536;

/**
 * Reads a gateway's body as a JSON object.
 *
 * @param body - what the event holds
 * @param flaggedBase64 - whether the event says that the body is base64; text so flagged that is no base64 is read as
 *   it stands, because FunctionGraph's own test events are such
 * @returns undefined where there is no body: none at all, nothing but white space, or `null`
 * @throws Failure - `BODY_TOO_LARGE` or `INVALID_BODY`
 */
export function readJsonBody(body: unknown, flaggedBase64: boolean): JsonObject | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body !== 'string') throw new Failure('invalid_body');
  const bytes = flaggedBase64 ? decodeBase64(body) : undefined;
  if ((bytes?.length ?? Buffer.byteLength(body)) > MAX_BODY_BYTES) throw new Failure('body_too_large');
  // Text can happen to be base64 ("null" is): what decodes to no text was none.
  const text = bytes !== undefined && isUtf8(bytes) ? bytes.toString() : body;
  if (text.trim() === '') return undefined;
  const json = parseJson(text);
  if (json === null) return undefined;
  if (!isRecord(json)) throw new Failure('invalid_body');
  return json;
}
