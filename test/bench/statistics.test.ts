import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from '../../bench/statistics.ts';

/** Without a negative zero, which is equal to zero but not the same. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const numbers = fc.array(number, { minLength: 1, maxLength: 200 });
const percents = fc.integer({ min: 1, max: 100 });

const shareOf = (values: readonly number[], matches: (value: number) => boolean): number =>
  values.filter(matches).length / values.length;

describe('percentile', () => {
  it('is the smallest value that as many per cent of the values do not exceed', () => {
    fc.assert(
      fc.property(numbers, percents, (values, percent) => {
        const before = [...values];
        const found = percentile(values, percent);
        expect(values).toContain(found);
        expect(shareOf(values, (value) => value <= found)).toBeGreaterThanOrEqual(percent / 100 - 1e-9);
        expect(shareOf(values, (value) => value < found)).toBeLessThan(percent / 100);
        expect(values).toEqual(before);
      }),
    );
  });

  it.each([
    [[3, 1, 2], 50, 2],
    [[4, 1, 3, 2], 50, 2],
    [[4, 1, 3, 2], 75, 3],
    [[7], 99, 7],
    [[], 50, Number.NaN],
  ])('of %j at %d is %d', (values, percent, expected) => expect(percentile(values, percent)).toBe(expected));
});
