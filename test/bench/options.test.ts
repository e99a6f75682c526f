import { describe, expect, it } from 'vitest';
import { readOptions, USAGE } from '../../bench/options.ts';
import { CommandError } from '../../scripts/command.ts';

describe('readOptions', () => {
  it('writes the page by default', () => {
    expect(readOptions([])).toMatchObject({ help: false, warmRuns: 5, coldRuns: 30, write: true });
  });

  it('takes the number of runs', () => {
    expect(readOptions(['--runs', '2'])).toMatchObject({ warmRuns: 2, coldRuns: 12, write: true });
  });

  it('writes no page with --quick', () => {
    expect(readOptions(['--quick']).write).toBe(false);
  });

  it('makes a quick run short', () => {
    const { warmRuns, coldRuns, warm } = readOptions(['--quick']);
    expect({ warmRuns, coldRuns }).toEqual({ warmRuns: 1, coldRuns: 1 });
    expect(warm.sequential).toBeLessThan(readOptions([]).warm.sequential);
  });

  it.each([[[]], [['--quick']]])('reads the peak of the memory after 1,000 cancels (%j)', (argv) => {
    expect(readOptions(argv).warm.warmUp).toBe(1_000);
  });

  it.each([['0'], ['101'], ['-1'], ['1.5'], ['many'], ['']])('refuses --runs=%s', (runs) => {
    expect(() => readOptions([`--runs=${runs}`])).toThrow(CommandError);
  });

  it('refuses what it does not know, and says what it knows', () => {
    expect(() => readOptions(['--fast'])).toThrow(USAGE);
  });
});
