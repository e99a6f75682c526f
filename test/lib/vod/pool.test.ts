import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { poolFor } from '../../../lib/vod/pool.ts';
import { send } from '../../../lib/vod/transport.ts';

describe('the connections to an origin', () => {
  it.each([
    ['https://vod.cn-north-4.myhuaweicloud.com', true, 'vod.cn-north-4.myhuaweicloud.com', ''],
    ['https://127.0.0.1:8443', true, '127.0.0.1', '8443'],
    ['http://localhost:8080', false, 'localhost', '8080'],
    ['http://[::1]:8080', false, '::1', '8080'],
  ])('go where it says: %s', (origin, secure, hostname, port) => {
    expect(poolFor(origin)).toMatchObject({ secure, address: { hostname, port } });
    expect(poolFor(origin)).toBe(poolFor(origin));
  });
});

describe('a server whose certificate does not verify', () => {
  const tls = (file: string) => readFileSync(new URL(`../../fixtures/tls/${file}`, import.meta.url));
  const server = createServer({ key: tls('self-signed.key'), cert: tls('self-signed.pem') }, (_, response) =>
    response.end('ok'),
  );

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  it('gets no request, also if the environment says that any certificate will do', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(send({ method: 'GET', origin, path: '/', headers: {} }, 60_000)).rejects.toMatchObject({
      kind: 'unreachable',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(process.env).not.toHaveProperty('NODE_TLS_REJECT_UNAUTHORIZED');
  });
});
