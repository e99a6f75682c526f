import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, spreadOf } from '../../bench/statistics.ts';

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
        const found = percentile(values, percent);
        expect(values).toContain(found);
        expect(shareOf(values, (value) => value <= found)).toBeGreaterThanOrEqual(percent / 100 - 1e-9);
        expect(shareOf(values, (value) => value < found)).toBeLessThan(percent / 100);
      }),
    );
  });

  it('grows with the per cent', () => {
    fc.assert(
      fc.property(numbers, percents, percents, (values, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(percentile(values, low)).toBeLessThanOrEqual(percentile(values, high));
      }),
    );
  });

  it('does not depend on the order of the values, and leaves it as it is', () => {
    fc.assert(
      fc.property(numbers, percents, (values, percent) => {
        const before = [...values];
        expect(percentile(values, percent)).toBe(percentile(values.toReversed(), percent));
        expect(values).toEqual(before);
      }),
    );
  });

  it('is no number where there are no values', () => {
    expect(percentile([], 50)).toBeNaN();
  });

  it('takes the highest of a hundred for the 100th, the 99th for the 99th', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([
      percentile(hundred, 1),
      percentile(hundred, 50),
      percentile(hundred, 99),
      percentile(hundred, 100),
    ]).toEqual([1, 50, 99, 100]);
  });
});

describe('median', () => {
  it('has as many values below it as above', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        expect(shareOf(values, (value) => value < middle)).toBeLessThanOrEqual(0.5);
        expect(shareOf(values, (value) => value > middle)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        expect(median(values.toReversed())).toBe(median(values));
      }),
    );
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('is no number where there are no values', () => {
    expect(median([])).toBeNaN();
  });
});

describe('spreadOf', () => {
  it('has half of the values within', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { low, high, median: middle } = spreadOf(values);
        expect(low).toBeLessThanOrEqual(middle);
        expect(high).toBeGreaterThanOrEqual(middle);
        expect(shareOf(values, (value) => value >= low && value <= high)).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});
