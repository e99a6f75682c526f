import { isAssetId } from '../cancel/asset-id.ts';
import { failed, type Item, ignored } from './items.ts';
import type { EventRules } from './rules.ts';
import type { ObjectDelivery } from './sources/source.ts';

/** The longest key of OBS and of S3, in bytes. Longer text is none, and a pattern could take very long with it. */
const MAX_KEY_BYTES = 1_024;

/**
 * Finds the asset that an object's key names. Without a pattern no object event means "superseded": an object with an
 * asset's id in its key is, as a rule, that asset's own upload.
 */
export function readObjectKey({ key, created }: ObjectDelivery, rules: EventRules): Item {
  const { assetIdKeyPattern, assetIdPattern } = rules;
  if (assetIdKeyPattern === undefined) return ignored('no_key_pattern');
  if (!created) return ignored('not_a_creation');
  // Without a key the event is of a layout that is not known, and an asset may be lost with it.
  if (typeof key !== 'string') return failed('no_id');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return ignored('key_too_long');
  const assetId = assetIdKeyPattern.exec(key)?.groups?.['asset_id'];
  if (assetId === undefined || assetId === '') return ignored('no_asset_in_key');
  return isAssetId(assetId, assetIdPattern) ? { kind: 'cancel', assetId } : failed('malformed_id');
}
