const WHITE_SPACE = /\s+/g;

/** The letters of both alphabets of RFC 4648: §4 and, for URLs and file names, §5. */
const FOREIGN = /[^A-Za-z0-9+/_-]/;

/**
 * Decodes base64 in either alphabet. Padding may be missing, as some encoders leave it out, and white space does not
 * count, as others break lines.
 *
 * @returns undefined where the text is no base64
 */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(WHITE_SPACE, '');
  return isBase64(packed) ? Buffer.from(packed, 'base64') : undefined;
}

/** Searches for a foreign letter, because a pattern of the whole text overflows the engine's stack at some megabytes. */
function isBase64(text: string): boolean {
  const unpadded = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  if (unpadded.length % 4 === 1 || FOREIGN.test(unpadded)) return false;
  return unpadded.length === text.length || text.length % 4 === 0;
}
