const WHITE_SPACE = /\s+/g;

/** Any character outside the two alphabets of RFC 4648: §4, and §5 for URLs and file names. */
const FOREIGN = /[^A-Za-z0-9+/_-]/;

/**
 * Decodes base64 in either alphabet. Padding may be missing, because some encoders leave it out. White space is
 * ignored, because other encoders break lines.
 *
 * @returns undefined if the text is not base64
 */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(WHITE_SPACE, '');
  return isBase64(packed) ? Buffer.from(packed, 'base64') : undefined;
}

/**
 * Searches for a foreign character: a pattern of the whole text overflows the stack of the engine at a few megabytes.
 */
function isBase64(text: string): boolean {
  const unpadded = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  if (unpadded.length % 4 === 1 || FOREIGN.test(unpadded)) return false;
  return unpadded.length === text.length || text.length % 4 === 0;
}
