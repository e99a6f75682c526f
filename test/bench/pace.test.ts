import { expect, it } from 'vitest';
import { type Scenario, simulate } from '../../bench/pace/simulate.ts';
import { callsPerCancel } from '../../bench/pace-report/figures.ts';
import { type Row, simulateTable } from '../../bench/pace-report/simulated-table.ts';

it('a short simulation loses nothing, and reports nothing that VOD did not do', async () => {
  const outcome = await simulate({ instances: 3, messages: 250, lost: 0.02, failed: 0.02 }, 1);
  expect([outcome.lost, outcome.misreported]).toEqual([0, 0]);
  expect([outcome.cancelledAt.length, outcome.deliveries.length]).toEqual([250, 250]);
  expect(callsPerCancel([outcome])).toBeLessThan(1.2);
  expect(outcome.cancelledAt.at(-1)).toBeGreaterThan(120_000);
});

it('a simulation sees what is lost', async () => {
  const platform = { event: 'functionGraph', batchSize: 1, timeoutMs: 10_000, hiddenMs: 20_000 } as const;
  const outcome = await simulate(
    { messages: 1, assets: 100, platform: { ...platform, maxDeliveries: 1, maxAgeMs: 60_000 } },
    1,
  );
  expect(outcome.lost).toBeGreaterThan(50);
});

it('a table names the rows whose bound is broken, and those that lose something', async () => {
  const scenario: Scenario = { messages: 1 };
  const lossy = { event: 'functionGraph', batchSize: 1, timeoutMs: 100, hiddenMs: 200, maxDeliveries: 1 } as const;
  const broken: string[] = [];
  const cellsOf = (): string => 'said';
  const rows: readonly Row[] = [
    ['held', [scenario], 1, cellsOf, () => true],
    ['broken', [scenario], 1, cellsOf, () => false],
    ['lossy', [{ ...scenario, platform: { ...lossy, maxAgeMs: 1_000 } }], 1, cellsOf],
  ];
  expect(await simulateTable({ head: ['row', 'what'], rows }, broken)).toEqual([
    ['row', 'what', 'lost / misreported'],
    ['held', 'said', '0 / 0'],
    ['broken', 'said', '0 / 0'],
    ['lossy', 'said', '2 / 0'],
  ]);
  expect(broken).toEqual(['broken: said', 'lossy: 2 lost, 0 misreported']);
});
