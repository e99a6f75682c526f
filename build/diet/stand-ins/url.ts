/** What the signer reads of a parsed URL. */
interface ParsedUrl {
  readonly host: string;
  readonly pathname: string;
}

/**
 * `url.parse` as the signer calls it, on the WHATWG URL: Node 24 prints a deprecation warning (DEP0169) for the original.
 *
 * @param address - Endpoint and path of one request, both absolute and without credentials.
 */
function parse(address: string): ParsedUrl {
  const { host, pathname } = new URL(address);
  return { host, pathname };
}

export default { parse };
