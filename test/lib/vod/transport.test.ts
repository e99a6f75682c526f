import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { send, TransportError } from '../../../lib/vod/transport.ts';

let server: Server;
let connections: Set<Socket>;
let origin: string;

beforeEach(async () => {
  connections = new Set();
  server = createServer((request, response) => {
    connections.add(request.socket);
    response.statusCode = request.url === '/teapot' ? 418 : 200;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path = '/') => send({ method: 'GET', origin, path, headers: {} }, 2_000);

describe('connections', () => {
  it('are used again', async () => {
    await get();
    await get('/other');
    expect(connections.size).toBe(1);
  });

  it('are used by one call at a time', async () => {
    await Promise.all([get(), get(), get()]);
    expect(connections.size).toBe(3);
  });

  it.each([
    ['idle for more than 4 s', 4_001],
    ['idle by a clock that was set back', -1_000],
  ])('are not used again when %s, as a frozen host would find them', async (_name, ms) => {
    await get();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    await get();
    expect(connections.size).toBe(2);
  });

  it('idle for less are', async () => {
    await get();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_000 });
    await get();
    expect(connections.size).toBe(1);
  });
});

describe('a call', () => {
  it('gives every answer, whatever its status', async () => {
    expect(await get('/teapot')).toMatchObject({ status: 418, body: 'ok' });
  });

  it('to nobody was never sent', async () => {
    const lost = send({ method: 'GET', origin: 'http://127.0.0.1:9', path: '/', headers: {} }, 2_000);
    await expect(lost).rejects.toBeInstanceOf(TransportError);
    await expect(lost).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('to a name that does not exist was never sent', async () => {
    const lost = send({ method: 'GET', origin: 'http://vod.invalid', path: '/', headers: {} }, 2_000);
    await expect(lost).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
