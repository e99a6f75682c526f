import type { IncomingHttpHeaders } from 'node:http';

/** What a browser sends for a request from another site or another port. */
const FOREIGN_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/**
 * Refuses requests of other pages in the browser, because the gateway may have real credentials. `Origin` or
 * `Sec-Fetch-Site` shows a page of another origin. `Host` shows a name that resolves to loopback.
 *
 * @param origin - the gateway's own, as printed
 * @returns why the request is refused, or `undefined`
 */
export function refusalOf(headers: IncomingHttpHeaders, origin: string): string | undefined {
  // URL and clients both leave out a scheme's default port.
  const own = new URL(origin);
  if (headers.host !== own.host) return `The Host header must be ${own.host}.`;
  if (headers.origin !== undefined && headers.origin !== own.origin) {
    return 'Requests from pages of another origin are refused.';
  }
  if (FOREIGN_SITES.has(headers['sec-fetch-site'])) return 'Requests from another site are refused.';
  return undefined;
}
