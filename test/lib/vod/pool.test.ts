import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { poolFor } from '../../../lib/vod/pool.ts';
import { send } from '../../../lib/vod/transport.ts';
import { CA_FILE, certificate } from '../../fixtures/tls/certificates.ts';

let server: Server | undefined;

/** @returns its origin */
async function startServer(name: string, answer: RequestListener): Promise<string> {
  const started = createServer(certificate(name), answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

const get = (origin: string, path = '/') => send({ method: 'GET', origin, path, headers: {} }, 60_000);

describe('the connections to an origin', () => {
  it.each([
    ['https://vod.cn-north-4.myhuaweicloud.com', true, 'vod.cn-north-4.myhuaweicloud.com', ''],
    ['https://127.0.0.1:8443', true, '127.0.0.1', '8443'],
    ['http://localhost:8080', false, 'localhost', '8080'],
    ['http://[::1]:8080', false, '::1', '8080'],
  ])('go where it says: %s', (origin, secure, hostname, port) => {
    expect(poolFor(origin)).toMatchObject({ secure, hostname, port });
    expect(poolFor(origin)).toBe(poolFor(origin));
  });
});

describe('a server whose certificate does not verify', () => {
  it('gets no request, also if the environment says that any certificate will do', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const origin = await startServer('self-signed', (_, response) => response.end());
    await expect(get(origin)).rejects.toMatchObject({
      kind: 'unreachable',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(process.env).not.toHaveProperty('NODE_TLS_REJECT_UNAUTHORIZED');
  });
});

describe('a server whose certificate verifies', () => {
  const start = async (): Promise<string> => {
    const origin = await startServer('valid', ({ url, socket }, response) =>
      url === '/destroy' ? socket.destroy() : response.end('ok'),
    );
    const { agent } = poolFor(origin);
    if (agent instanceof Agent) agent.options.ca = readFileSync(CA_FILE);
    return origin;
  };

  it('gets several calls on one connection', async () => {
    const origin = await start();
    await expect(get(origin)).resolves.toMatchObject({ body: 'ok', reused: false });
    await expect(get(origin)).resolves.toMatchObject({ body: 'ok', reused: true });
  });

  it('may have read the request that it did not answer', async () => {
    await expect(get(await start(), '/destroy')).rejects.toMatchObject({ kind: 'connection_lost', reused: false });
  });
});
