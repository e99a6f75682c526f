/** A region such as `cn-north-4`. It becomes part of a host name, so it must be a host label. */
export const REGION = /^[a-z]{2,}(?:-[a-z0-9]+){1,4}$/;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Returns VOD's endpoint in a region, as all of Huawei's SDKs build it. */
export function regionalEndpoint(region: string): string {
  return `https://vod.${region}.myhuaweicloud.com`;
}

/**
 * Reads an endpoint from its URL.
 *
 * @returns scheme, host and port without a slash at the end; undefined if the URL is not an origin, or if it would send
 *   a key unencrypted: `http:` is allowed only for a loopback host
 */
export function parseEndpoint(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  const bare = `${url.username}${url.password}${url.search}${url.hash}` === '' && url.pathname === '/';
  return secure && bare ? url.origin : undefined;
}
