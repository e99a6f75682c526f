import { expect, it } from 'vitest';
import { callsPerCancel, lost } from '../../bench/pace/figures.ts';
import { sqs } from '../../bench/pace/queue.ts';
import { simulate } from '../../bench/pace/simulate.ts';

it('a short simulation loses nothing, and reports nothing that VOD did not do', async () => {
  const outcome = await simulate({ instances: 3, messages: 250, lost: 0.02, failed: 0.02 }, 1);
  // Every message was reported as handled, and VOD has cancelled every asset.
  expect([lost(outcome), outcome.cancelledAt.length, outcome.deliveries.length]).toEqual([0, 250, 250]);
  expect(callsPerCancel(outcome)).toBeLessThan(1.2);
  expect(outcome.cancelledAt.at(-1)).toBeGreaterThan(120_000);
}, 60_000);

it('a message of 600 ids is handled by two instances in turn before it is given up', async () => {
  const platform = sqs(300_000, 450_000, 8);
  const outcome = await simulate({ instances: 2, messages: 1, assets: 600, callsPerMinute: 40, platform }, 1);
  expect([lost(outcome), outcome.deliveries.length]).toEqual([0, 1]);
  expect(outcome.deliveries[0]).toBeLessThan(8);
}, 60_000);
