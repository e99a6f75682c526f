import { once } from 'node:events';
import type { Server } from 'node:net';

/** The only interface anything here listens on: nothing of this folder is meant for a network. */
export const LOOPBACK = '127.0.0.1';

/**
 * Binds a server to loopback.
 *
 * @param port - 0 lets the system choose
 * @returns the port it got
 * @throws the system's error (`EADDRINUSE`, `EACCES`, …) when it cannot be bound
 */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address');
  return address.port;
}
