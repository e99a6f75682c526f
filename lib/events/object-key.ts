import { isAssetId } from '../cancel/asset-id.ts';
import { failed, type Item, ignored } from './items.ts';
import type { EventRules } from './rules.ts';
import type { ObjectDelivery } from './sources/source.ts';

/** The longest key of OBS and of S3, in bytes. Longer text is not a key, and a pattern could take very long on it. */
const MAX_KEY_BYTES = 1_024;

/**
 * Finds the asset that the key of an object names. Without a pattern, object events are ignored: an object with an
 * asset id in its key is usually the upload of that asset.
 */
export function readObjectKey({ key, created }: ObjectDelivery, rules: EventRules): Item {
  const { assetIdKeyPattern, assetIdPattern } = rules;
  if (assetIdKeyPattern === undefined) return ignored('no_key_pattern');
  if (!created) return ignored('not_a_creation');
  // An event without a key has an unknown layout. It fails, so that no asset is lost.
  if (typeof key !== 'string') return failed('no_id');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return ignored('key_too_long');
  const assetId = assetIdKeyPattern.exec(key)?.groups?.['asset_id'];
  if (assetId === undefined || assetId === '') return ignored('no_asset_in_key');
  return isAssetId(assetId, assetIdPattern) ? { kind: 'cancel', assetId } : failed('malformed_id');
}
