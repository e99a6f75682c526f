/** JSON that is an object, a list or a string; a bare number may just as well be an id. */
const JSON_BEGINS = /^[ \t\r\n]*[{["]/;

/** A text of 6 MB took more than 300 MB when it was parsed, and the smallest host has 128. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Whether a text is too long to be parsed. */
export function isTooLong(text: string): boolean {
  return Buffer.byteLength(text) > MAX_TEXT_BYTES;
}

/** Whether a text is meant to be JSON, as far as its first letter tells. */
export function looksLikeJson(text: string): boolean {
  return JSON_BEGINS.test(text);
}

/**
 * A text without what files, editors and C programs put around it: Unicode's white space, line breaks, a byte order
 * mark, NUL. It counts letters, as a pattern for the end of a text takes quadratic time.
 */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** `trim` knows the byte order mark as well, but not NUL and not NEL (U+0085), which Unicode counts as white space. */
function isBlank(letter: string): boolean {
  return letter === '\0' || letter === '\u0085' || letter.trim() === '';
}
