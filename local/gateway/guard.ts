import type { IncomingHttpHeaders } from 'node:http';

/** Where a browser says that a request comes from another site or another port of this one. */
const FOREIGN_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/**
 * Keeps pages in the browser from driving the gateway, which may hold real credentials: a page of another origin
 * betrays itself by `Origin` or `Sec-Fetch-Site`, one that had its own name resolve to loopback by `Host`.
 *
 * @param origin - the gateway's own, as printed
 * @returns why the request is refused, `undefined` when it is not
 */
export function refusalOf(headers: IncomingHttpHeaders, origin: string): string | undefined {
  // URL leaves out a scheme's default port, and so do clients.
  const own = new URL(origin);
  if (headers.host !== own.host) return `The Host header must be ${own.host}.`;
  if (headers.origin !== undefined && headers.origin !== own.origin) {
    return 'Requests from pages of another origin are not taken.';
  }
  if (FOREIGN_SITES.has(headers['sec-fetch-site'])) return 'Requests from another site are not taken.';
  return undefined;
}
