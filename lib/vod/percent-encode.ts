/** What nearly every text here is made of. */
const UNRESERVED = /^[\w.~-]*$/;

/**
 * Encodes all but the unreserved characters of RFC 3986, as the signature wants it; what is sent must be what was signed.
 *
 * @throws URIError where the text has a lone surrogate, which has no UTF-8 form
 */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
