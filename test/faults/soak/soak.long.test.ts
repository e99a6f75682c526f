import { expect, it } from 'vitest';
import { growthOf, MAX_SOCKETS, soak } from './run.ts';

/** A multiple of 200. `SOAK=20000` finds smaller leaks, in minutes. */
const INVOCATIONS = Number(process.env['SOAK'] ?? 1_200);

/** In a short run Node still compiles code, so only a leak as large as a response shows in the heap. */
const TOLERATED_BYTES = INVOCATIONS < 20_000 ? 2_000 : 50;

it('many invocations in one process leave no heap, socket or timer behind', async () => {
  const samples = await soak({ invocations: INVOCATIONS, samples: 4 });
  expect(samples.map(({ invocations }) => invocations / INVOCATIONS)).toEqual([0.25, 0.5, 0.75, 1]);
  const { cancelled, not_queued, not_found, unknown, failed } = samples.at(-1)?.outcomes ?? {};
  const each = INVOCATIONS / 50;
  expect({ cancelled, not_queued, not_found, unknown, failed }).toEqual({
    cancelled: 43 * each,
    not_queued: each,
    not_found: each,
    unknown: each,
    failed: 4 * each,
  });
  const growth = growthOf(samples);
  expect(growth).toMatchObject({ timers: 0, others: 0 });
  expect(growth.sockets).toBeLessThanOrEqual(MAX_SOCKETS);
  expect(growth.bytesPerInvocation).toBeLessThan(TOLERATED_BYTES);
});
