import { invokeFresh, type Order } from './invoke.ts';

// Node reads NODE_EXTRA_CA_CERTS once, when a process starts: hence a process of its own.
process.once('message', (orders: readonly Order[]) => {
  void (async () => {
    const invoked = await Promise.all(orders.map(invokeFresh));
    process.send?.(invoked, () => process.disconnect());
  })();
});
