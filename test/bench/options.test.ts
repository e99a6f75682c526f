import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/options.ts';

const FULL = { quick: false, runs: '5' };
const QUICK = { quick: true, runs: '5' };

describe('readOptions', () => {
  it('writes the page of a full run', () => {
    expect(readOptions(FULL)).toMatchObject({ warmRuns: 5, coldRuns: 30, write: true });
  });

  it('takes the number of runs', () => {
    expect(readOptions({ ...FULL, runs: '2' })).toMatchObject({ warmRuns: 2, coldRuns: 12, write: true });
  });

  it('writes no page with --quick', () => {
    expect(readOptions(QUICK).write).toBe(false);
  });

  it('makes a quick run short', () => {
    const { warmRuns, coldRuns, warm } = readOptions(QUICK);
    expect({ warmRuns, coldRuns }).toEqual({ warmRuns: 1, coldRuns: 1 });
    expect(warm.sequential).toBeLessThan(readOptions(FULL).warm.sequential);
  });

  it.each([FULL, QUICK])('reads the peak of the memory after 1,000 cancels ($quick)', (values) => {
    expect(readOptions(values).warm.warmUp).toBe(1_000);
  });

  it.each([['0'], ['101'], ['-1'], ['1.5'], ['many'], ['']])('refuses --runs=%s', (runs) => {
    expect(() => readOptions({ ...FULL, runs })).toThrow('--runs must be');
  });
});
