import { isUtf8 } from 'node:buffer';

/** Stands for bytes that are no text: neither a string nor an object, so no message is ever made of it. */
export const NOT_TEXT = Symbol('not text');

const FOREIGN = /[^A-Za-z0-9+/]/;

/**
 * The text inside base64 (RFC 4648 §4). Padding may be missing, as some encoders leave it out. What is no string is
 * handed on as it is: whether an absent message is an error is not for this function to say.
 *
 * @returns {@link NOT_TEXT} where the value is no base64, or its bytes are no UTF-8
 */
export function textOfBase64(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (!isBase64(value)) return NOT_TEXT;
  const bytes = Buffer.from(value, 'base64');
  return isUtf8(bytes) ? bytes.toString() : NOT_TEXT;
}

/** Searches for what does not belong, as a pattern of the whole would overflow the engine's stack at some megabytes. */
function isBase64(text: string): boolean {
  const unpadded = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  if (unpadded.length % 4 === 1 || FOREIGN.test(unpadded)) return false;
  return unpadded.length === text.length || text.length % 4 === 0;
}
