/** Query parameters by name; a name can have several values. */
export type QueryParams = Readonly<Record<string, string | readonly string[]>>;

/**
 * Returns the query in the form that is signed and sent: sorted by name, then by value.
 *
 * @throws URIError if a text has a lone surrogate, because that has no UTF-8 form
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

/** Nearly every text here has only these characters, so this check avoids the encoding. */
const UNRESERVED = /^[\w.~-]*$/;

/**
 * Percent-encodes all characters except the unreserved ones of RFC 3986.
 *
 * @throws URIError if the text has a lone surrogate
 */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
