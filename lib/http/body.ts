import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../base64.ts';
import { Failure } from '../cancel/failure.ts';
import { isRecord, type JsonObject, parseJson } from '../json.ts';

/** The limit of the decoded body. */
const MAX_BODY_BYTES = 65_536;

/**
 * Reads a gateway's body as a JSON object.
 *
 * @param body - the body as in the event
 * @param flaggedBase64 - whether the event says that the body is base64. If it is not, it is read as text, because
 *   FunctionGraph's own test events have such a body
 * @returns undefined if there is no body: it is missing, only white space, or `null`
 * @throws Failure - `BODY_TOO_LARGE` or `INVALID_BODY`
 */
export function readJsonBody(body: unknown, flaggedBase64: boolean): JsonObject | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body !== 'string') throw new Failure('invalid_body');
  const bytes = flaggedBase64 ? decodeBase64(body) : undefined;
  if ((bytes?.length ?? Buffer.byteLength(body)) > MAX_BODY_BYTES) throw new Failure('body_too_large');
  // Plain text can look like base64, for example "null". If the bytes are not UTF-8, it was plain text.
  const text = bytes !== undefined && isUtf8(bytes) ? bytes.toString() : body;
  if (text.trim() === '') return undefined;
  const json = parseJson(text);
  if (json === null) return undefined;
  if (!isRecord(json)) throw new Failure('invalid_body');
  return json;
}
