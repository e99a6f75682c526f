import { isAssetId } from '../cancel/asset-id.ts';
import { own } from '../json.ts';
import type { Allowance } from './allowance.ts';
import { failed, type Item, ignoreAll } from './items.ts';
import type { EventRules } from './rules.ts';
import { parseTimestamp } from './timestamp.ts';

/**
 * Reads a message that is an object: `asset_id`, `asset_ids`, `not_after`, `event_type` and `superseded_by`. Other
 * members and inherited members are not read.
 *
 * @returns one item for each distinct id, in order, or one item for the whole message
 */
export function readMessage(message: unknown, rules: EventRules, allowance: Allowance): readonly Item[] {
  const items = itemsOf(message, rules, allowance);
  const type = own(message, 'event_type');
  return typeof type === 'string' && !rules.supersededEventTypes.includes(type)
    ? ignoreAll(items, 'other_event_type')
    : items;
}

function itemsOf(message: unknown, rules: EventRules, allowance: Allowance): readonly Item[] {
  const notAfter = own(message, 'not_after') ?? undefined;
  const single = idsOf(own(message, 'asset_id'));
  const many = own(message, 'asset_ids');
  const idList = many === null && single.length > 0 ? undefined : many;
  if (idList !== undefined && !isList(idList)) return one(refused('malformed_list', single, rules), allowance);
  const given = [...single, ...(idList ?? [])];
  const limit = typeof notAfter === 'string' ? parseTimestamp(notAfter) : undefined;
  // A malformed `not_after` is an error: ignoring it could cancel a newer task.
  if (notAfter !== undefined && limit === undefined) return one(refused('malformed_time', given, rules), allowance);
  if (given.length === 0) return one(failed('no_id'), allowance);
  allowance.takeIds(given.length);
  const supersededBy = own(message, 'superseded_by');
  const items = [...new Set(given)].map((id) => itemOf(id, supersededBy, limit, rules));
  return limit !== undefined && rules.nowMs > limit ? ignoreAll(items, 'expired') : items;
}

/** Counts the item of a message that names no id or is refused as a whole. */
function one(item: Item, allowance: Allowance): readonly Item[] {
  allowance.takeOther();
  return [item];
}

/** Each id is checked separately, so that a malformed one does not stop the others. */
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

/** An empty `asset_id` counts as missing, as in an HTTP request. */
function idsOf(assetId: unknown): readonly unknown[] {
  return assetId === undefined || assetId === null || assetId === '' ? [] : [assetId];
}

/** Returns the item of a message that fails as a whole. If the message names only one asset, the item has its id. */
function refused(
  why: 'malformed_list' | 'malformed_time',
  [id, ...others]: readonly unknown[],
  rules: EventRules,
): Item {
  return failed(why, others.length === 0 && isAssetId(id, rules.assetIdPattern) ? id : null);
}

function itemOf(
  assetId: unknown,
  supersededBy: unknown,
  notAfterMs: number | undefined,
  { assetIdPattern }: EventRules,
): Item {
  if (assetId === '') return failed('no_id');
  if (!isAssetId(assetId, assetIdPattern)) return failed('malformed_id');
  return {
    kind: 'cancel',
    assetId,
    ...(isAssetId(supersededBy, assetIdPattern) && { supersededBy }),
    ...(notAfterMs !== undefined && { notAfterMs }),
  };
}
