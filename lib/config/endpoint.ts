/** `cn-north-4` and the like: what becomes part of a host name must be a host label and no more. */
export const REGION = /^[a-z]{2,}(?:-[a-z0-9]+){1,4}$/;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** VOD's endpoint of a region, the same in all SDKs of Huawei's. */
export function regionalEndpoint(region: string): string {
  return `https://vod.${region}.myhuaweicloud.com`;
}

/**
 * Reads an endpoint given by its URL.
 *
 * @returns scheme, host and port without a slash at the end; undefined where it is no origin, or where it would send a
 *   key in clear: `http:` is for a loopback host only
 */
export function parseEndpoint(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  const bare = `${url.username}${url.password}${url.search}${url.hash}` === '' && url.pathname === '/';
  return secure && bare ? url.origin : undefined;
}
