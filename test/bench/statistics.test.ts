import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from '../../bench/statistics.ts';

/** Without a negative zero, which is equal to zero but not the same. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const numbers = fc.array(number, { minLength: 1, maxLength: 200, size: 'max' });
const percents = fc.integer({ min: 1, max: 100 });

describe('percentile', () => {
  it('is the smallest value that as many per cent of the values do not exceed', () => {
    fc.assert(
      fc.property(numbers, percents, (values, percent) => {
        const before = [...values];
        const found = percentile(values, percent);
        expect(values).toContain(found);
        // Hundredths of a value: whole numbers are exact.
        const share = percent * values.length;
        expect(100 * values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share);
        expect(100 * values.filter((value) => value < found).length).toBeLessThan(share);
        expect(values).toEqual(before);
      }),
    );
  });

  it.each([
    [[3, 1, 2], 50, 2],
    [[4, 1, 3, 2], 50, 2],
    [[4, 1, 3, 2], 75, 3],
    [[7], 99, 7],
    // 28 / 100 * 25 is more than 7 in floating point.
    [Array.from({ length: 25 }, (_, index) => index + 1), 28, 7],
    [[], 50, Number.NaN],
  ])('of %j at %d is %d', (values, percent, expected) => expect(percentile(values, percent)).toBe(expected));
});
