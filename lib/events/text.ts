/** The start of a JSON object, list or string. A bare number may also be an id. */
const JSON_BEGINS = /^[ \t\r\n]*[{["]/;

/** Parsing a text of 6 MB took more than 300 MB of memory, and the smallest host has 128 MB. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Whether a text is too long to be parsed. */
export function isTooLong(text: string): boolean {
  return Buffer.byteLength(text) > MAX_TEXT_BYTES;
}

/** Whether the first character of a text is one of JSON. */
export function beginsLikeJson(text: string): boolean {
  return JSON_BEGINS.test(text);
}

/**
 * Removes what files, editors and C programs add around a text: white space of Unicode, a byte order mark, NUL. It
 * counts characters, because a pattern for the end of a text takes quadratic time.
 */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** `trim` also removes the byte order mark, but not NUL and NEL (U+0085). Unicode counts NEL as white space. */
function isBlank(letter: string): boolean {
  return letter === '\0' || letter === '\u0085' || letter.trim() === '';
}
