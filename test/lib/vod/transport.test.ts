import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { send, TransportError } from '../../../lib/vod/transport.ts';

let server: Server;
let connections: Set<Socket>;
let origin: string;

/** What the server does with a request, by its path. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse, socket: Socket) => void>> = {
  '/teapot': (response) => response.writeHead(418).end('ok'),
  '/mark': (response) => response.end('\uFEFF\uFEFFok'),
  '/destroy': (_, socket) => socket.destroy(),
  '/end': (_, socket) => socket.end(),
  '/reset': (_, socket) => socket.resetAndDestroy(),
  '/partial': (_, socket) => socket.write('HTTP/1.1 2', () => socket.destroySoon()),
  '/hang': () => undefined,
  '/full': (response) => response.end('x'.repeat(64 * 1024)),
  '/overfull': (response) => response.end('x'.repeat(64 * 1024 + 1)),
  '/endless': (response) => response.write('x'.repeat(64 * 1024 + 1)),
  '/empty-with-body': (_, socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\nmore'),
  '/cut': (_, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', () => socket.destroySoon()),
};

beforeEach(async () => {
  connections = new Set();
  server = createServer((request, response) => {
    connections.add(request.socket);
    const answer = ANSWERS[request.url ?? ''];
    if (answer === undefined) response.end('ok');
    else answer(response, request.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path = '/') => send({ method: 'GET', origin, path, headers: {} }, 60_000);

const connectionsOf = (of: Server): Promise<number> =>
  new Promise((resolve) => of.getConnections((_, count) => resolve(count)));

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

  it('idle for 4 s are', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await get();
    vi.setSystemTime(Date.now() + 4_000);
    await get();
    expect(connections.size).toBe(1);
  });
});

describe('a loss before the first byte of the answer', () => {
  it.each(['/destroy', '/end', '/reset'])('is one of a used connection, if it was used: %s', async (path) => {
    await expect(get(path)).rejects.toMatchObject({ kind: 'connection_lost', reusedConnectionLost: false });
    await get();
    await expect(get(path)).rejects.toMatchObject({ kind: 'connection_lost', reusedConnectionLost: true });
  });

  it('is none after a part of the answer, or when time is up', async () => {
    await get();
    await expect(get('/partial')).rejects.toMatchObject({ kind: 'connection_lost', reusedConnectionLost: false });
    await get();
    const late = send({ method: 'GET', origin, path: '/hang', headers: {} }, 50);
    await expect(late).rejects.toMatchObject({ kind: 'timeout', reusedConnectionLost: false });
  });
});

describe('the error of a call', () => {
  it('says of itself what it is, and of the connection only what is known', () => {
    expect(new TransportError('timeout')).toMatchObject({
      name: 'TransportError',
      message: 'timeout',
      reused: false,
      reusedConnectionLost: false,
      head: undefined,
    });
  });
});

describe('the timeout of a call', () => {
  it('runs while the call looks for a connection, too', async () => {
    await get();
    vi.useFakeTimers({ toFake: ['hrtime', 'setTimeout', 'clearTimeout'] });
    const asked = new Promise((resolve) => server.once('request', resolve));
    const late = send({ method: 'GET', origin, path: '/hang', headers: {} }, 50);
    vi.advanceTimersByTime(40);
    await asked;
    vi.advanceTimersByTime(10);
    expect(vi.getTimerCount()).toBe(0);
    await expect(late).rejects.toMatchObject({ kind: 'timeout', reused: true });
  });
});

describe('a call', () => {
  it('gives every answer, whatever its status', async () => {
    expect(await get('/teapot')).toMatchObject({ status: 418, body: 'ok' });
  });

  it('with a header that cannot be sent opens no connection', async () => {
    const call = send({ method: 'GET', origin, path: '/', headers: { token: 'a\nb' } }, 60_000);
    await expect(call).rejects.toBeInstanceOf(TypeError);
    await get();
    expect(await connectionsOf(server)).toBe(1);
  });

  it('loses one byte order mark of its answer', async () => {
    expect(await get('/mark')).toMatchObject({ body: '\uFEFFok' });
  });

  it('to a closed port was never sent', async () => {
    const lost = send({ method: 'GET', origin: 'http://127.0.0.1:9', path: '/', headers: {} }, 60_000);
    await expect(lost).rejects.toBeInstanceOf(TransportError);
    await expect(lost).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('to a name that does not exist was never sent', async () => {
    const lost = send({ method: 'GET', origin: 'http://vod.invalid', path: '/', headers: {} }, 60_000);
    await expect(lost).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('the body of an answer', () => {
  it('is read up to 64 KiB', async () => {
    await expect(get('/full')).resolves.toMatchObject({ status: 200, body: 'x'.repeat(64 * 1024) });
    await expect(get('/overfull')).resolves.toMatchObject({ status: 200, body: undefined });
  });

  it('is not read any further after that: the connection is closed', async () => {
    await expect(get('/endless')).resolves.toMatchObject({ status: 200, body: undefined });
    const [connection] = [...connections];
    if (connection?.destroyed === false) await once(connection, 'close');
    expect(connection?.destroyed).toBe(true);
  });

  it('is empty after a 204, whatever follows', async () => {
    await expect(get('/empty-with-body')).resolves.toMatchObject({ status: 204, body: '' });
  });

  it('is lost if the connection is cut in the middle of it', async () => {
    await expect(get('/cut')).rejects.toMatchObject({
      kind: 'connection_lost',
      reusedConnectionLost: false,
      head: { status: 200 },
      cause: { code: 'ECONNRESET' },
    });
  });
});

it('a header that cannot be sent is a bug, and leaves no request open', async () => {
  await expect(send({ method: 'GET', origin, path: '/', headers: { a: 'b\n' } }, 60_000)).rejects.toThrow(TypeError);
  expect(connections.size).toBe(0);
});
