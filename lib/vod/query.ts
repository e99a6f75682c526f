/** Query parameters by name; a name can have several values. */
export type QueryParams = Readonly<Record<string, string | readonly string[]>>;

/**
 * A query as it is signed, and so as it must be sent: sorted by name, several values of one name by value.
 *
 * @throws URIError where a text has a lone surrogate, which has no UTF-8 form
 */
export function canonicalQuery(params: QueryParams): string {
  const pairs: string[] = [];
  for (const name of Object.keys(params).sort()) {
    for (const value of valuesOf(params[name])) pairs.push(`${percentEncode(name)}=${percentEncode(value)}`);
  }
  return pairs.join('&');
}

function valuesOf(given: QueryParams[string] = ''): readonly string[] {
  return typeof given === 'string' ? [given] : given.toSorted();
}

/** What nearly every text here is made of. */
const UNRESERVED = /^[\w.~-]*$/;

/**
 * Encodes all but the unreserved characters of RFC 3986.
 *
 * @throws URIError where the text has a lone surrogate
 */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
