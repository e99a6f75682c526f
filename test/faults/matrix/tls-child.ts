import { type Invocation, invokeFresh } from '../invoke.ts';

// A process of its own, because Node reads NODE_EXTRA_CA_CERTS only when a process starts.
process.once('message', (invocations: readonly Invocation[]) => {
  void (async () => {
    const invoked = await Promise.all(invocations.map(invokeFresh));
    process.send?.(invoked, () => process.disconnect());
  })();
});
