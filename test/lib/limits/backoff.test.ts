import { expect, it } from 'vitest';
import { fullJitter } from '../../../lib/limits/backoff.ts';

it.each([
  [1, 100],
  [2, 200],
  [3, 400],
  [6, 3_200],
  [7, 5_000],
  [1_000, 5_000],
])('before retry %i the wait is random, up to %i ms', (retry, longestMs) => {
  expect([0, 0.5, 1].map((random) => fullJitter(retry, () => random))).toEqual([0, longestMs / 2, longestMs]);
});
