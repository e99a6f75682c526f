import { expect, it } from 'vitest';
import { growthOf, MAX_SOCKETS, soak } from '../../local/faults/soak-run.ts';

/**
 * A short run: code is still being compiled in it, so only something as large as a response or a context, kept by every
 * invocation, would show in the heap. `local/faults/soak.ts` runs for long enough to find the rest.
 */
const TOLERATED_BYTES = 2_000;

it('many invocations in one process leave no heap, socket or timer behind', async () => {
  const samples = await soak({ invocations: 1_200, samples: 4 });
  expect(samples.map(({ invocations }) => invocations)).toEqual([300, 600, 900, 1_200]);
  const { cancelled, not_queued, not_found, unknown, failed } = samples.at(-1)?.outcomes ?? {};
  expect({ cancelled, not_queued, not_found, unknown, failed }).toEqual({
    cancelled: 1_032,
    not_queued: 24,
    not_found: 24,
    unknown: 24,
    failed: 96,
  });
  const growth = growthOf(samples);
  expect(growth).toMatchObject({ timers: 0, others: 0 });
  expect(growth.sockets).toBeLessThanOrEqual(MAX_SOCKETS);
  expect(growth.bytesPerInvocation).toBeLessThan(TOLERATED_BYTES);
});
