import { Failure } from './failure.ts';

/** Longer ids are refused, whatever the pattern allows. VOD's own ids have 32 characters. */
const MAX_LENGTH = 256;

/**
 * Whether a value may be sent to VOD as an asset id. VOD documents no form for its ids. Every published sample has 32
 * lower-case hexadecimal digits, which is the default of the setting `VOD_ASSET_ID_PATTERN`.
 */
export function isAssetId(value: unknown, pattern: RegExp): value is string {
  // A lone surrogate has no UTF-8 form, so it can be neither signed nor sent.
  return typeof value === 'string' && value.length <= MAX_LENGTH && pattern.test(value) && value.isWellFormed();
}

/**
 * Returns the distinct values that a request gives for its asset. Missing and empty values do not count.
 *
 * @param candidates - the values of all places that can name the asset
 */
export function givenIds(candidates: readonly unknown[]): ReadonlySet<unknown> {
  return new Set(candidates.filter((value) => value !== undefined && value !== null && value !== ''));
}

/**
 * Finds the one asset that a request names.
 *
 * @param given - the distinct values, of {@link givenIds}
 * @param pattern - the pattern that an id must match
 * @throws Failure - `MISSING_ASSET_ID`, `CONFLICTING_ASSET_ID` or `INVALID_ASSET_ID`
 */
export function chooseAssetId(given: ReadonlySet<unknown>, pattern: RegExp): string {
  if (given.size === 0) throw new Failure('missing_asset_id');
  if (given.size > 1) throw new Failure('conflicting_asset_id');
  const [id] = given;
  if (!isAssetId(id, pattern)) throw new Failure('invalid_asset_id');
  return id;
}
