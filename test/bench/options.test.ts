import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/options.ts';

const FULL = { quick: false, runs: '5' };
const QUICK = { quick: true, runs: '5' };

describe('readOptions', () => {
  it.each([
    [FULL, { warmRuns: 5, coldRuns: 30 }],
    [
      { ...FULL, runs: '2' },
      { warmRuns: 2, coldRuns: 12 },
    ],
    [QUICK, { warmRuns: 1, coldRuns: 1 }],
  ])('makes of %j so many runs', (values, options) => expect(readOptions(values)).toMatchObject(options));

  it.each([FULL, QUICK])('reads the peak of the memory after 1,000 cancels ($quick)', (values) => {
    expect(readOptions(values).warm.warmUp).toBe(1_000);
  });

  it.each([['0'], ['100'], ['-1'], ['1.5'], ['many'], ['']])('refuses --runs=%s', (runs) => {
    expect(() => readOptions({ ...FULL, runs })).toThrow('--runs must be');
  });
});
