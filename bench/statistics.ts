/**
 * Returns a percentile by the nearest rank: one of the values, never a mean.
 *
 * @param percent - above 0, up to 100. 50 is the median
 * @returns the smallest value that at least `percent` per cent of the values do not exceed; NaN if there is none
 */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * values.length) / 100));
  return values.toSorted((left, right) => left - right)[rank - 1] ?? Number.NaN;
}
