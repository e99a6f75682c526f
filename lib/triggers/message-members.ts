import * as v from 'valibot';
import { parseTimestamp } from './timestamp.ts';

/**
 * `not_after`. Of the members that may be left out it is the only one that is refused when it is malformed, as it is
 * there to prevent harm.
 */
export const NotAfterSchema = v.pipe(
  v.string(),
  v.check((text) => parseTimestamp(text) !== undefined, 'must be a time of RFC 3339'),
);

/** `asset_ids` as the code takes it: each id is judged by itself, so that a malformed one does not stop the others. */
export const AssetIdListSchema = v.pipe(v.array(v.unknown()), v.minLength(1));
