import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** All servers of this folder listen on loopback only. */
export const LOOPBACK = '127.0.0.1';

/**
 * Binds a server to loopback.
 *
 * @param port - 0 lets the system choose
 * @returns the port it got
 * @throws the system's error (`EADDRINUSE`, `EACCES`, …) if the port cannot be bound
 */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
