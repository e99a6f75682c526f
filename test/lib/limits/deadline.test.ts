import { expect, it } from 'vitest';
import { deadlineOf } from '../../../lib/limits/deadline.ts';

it.each([
  [10_000, 300, 0, 9_700],
  [10_000, 300, 9_700, 0],
  [10_000, 300, 9_701, -1],
  [100, 300, 0, -200],
  [2 ** 31 - 1, 0, 0, 2 ** 31 - 1],
  [2 ** 31, 0, 0, 2 ** 31 - 1],
  [Number.POSITIVE_INFINITY, 300, 1_000, 2 ** 31 - 1_301],
])('of %d ms that the host leaves, with a reserve of %i ms, there are after %i ms %i left', (...row) => {
  const [remainingMs, reserveMs, elapsedMs, leftMs] = row;
  expect(deadlineOf(remainingMs, reserveMs, () => elapsedMs).timeLeft()).toBe(leftMs);
});

it('on a host without a deadline waits end after five minutes, however long the invocation runs', () => {
  expect(deadlineOf(undefined, 300, () => 1e9).timeLeft()).toBe(300_000);
});
