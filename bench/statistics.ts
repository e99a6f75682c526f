const ascending = (values: readonly number[]): readonly number[] => values.toSorted((left, right) => left - right);

/**
 * Returns a percentile by the nearest rank: one of the values, never a mean.
 *
 * @param percent - above 0, up to 100
 * @returns the smallest value that at least `percent` per cent of the values do not exceed; NaN if there is none
 */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * values.length));
  return ascending(values)[rank - 1] ?? Number.NaN;
}

/** Returns the middle value, or the mean of the two middle values; NaN if there is none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return lower === upper ? lower : lower / 2 + upper / 2;
}

/** A median, and the bounds of the middle half. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: percentile(values, 25), high: percentile(values, 75) };
}
