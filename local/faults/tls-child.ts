import { connect } from 'node:tls';
import { type Invoked, invokeFresh, type Order } from './invoke.ts';

/** What the process that was started for a TLS row sends back. */
export interface TlsReport {
  /** In the order of the orders. */
  readonly invoked: readonly Invoked[];
  /** Why Node itself does not trust the server; undefined where it does. */
  readonly tlsReason: string | undefined;
}

/**
 * Asks with a connection of its own, so that a row fails for the reason it says and no other: the function, rightly,
 * tells no more than that it could not connect.
 */
function reasonOf(endpoint: string): Promise<string | undefined> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), servername: '' });
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

// Node reads NODE_EXTRA_CA_CERTS once, when a process starts: hence a process of its own.
process.once('message', (orders: readonly Order[]) => {
  void (async () => {
    const invoked = await Promise.all(orders.map(invokeFresh));
    const tlsReason = await reasonOf(orders[0]?.settings['VOD_ENDPOINT'] ?? '');
    process.send?.({ invoked, tlsReason } satisfies TlsReport, () => process.disconnect());
  })();
});
