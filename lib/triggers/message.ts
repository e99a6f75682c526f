import { isAssetId } from '../cancel/asset-id.ts';
import { own } from '../json.ts';
import type { Allowance } from './allowance.ts';
import { failed, type Item, ignoreAll } from './items.ts';
import type { EventRules } from './rules.ts';
import { parseTimestamp } from './timestamp.ts';

/**
 * Reads a message that is an object: `asset_id`, `asset_ids`, `not_after`, `event_type` and `superseded_by`; no other
 * member is looked at, and none that the object inherits.
 *
 * @returns one item for each distinct id, in order, or one for the whole message
 */
export function readMessage(message: unknown, rules: EventRules, allowance: Allowance): readonly Item[] {
  const items = itemsOf(message, rules, allowance);
  const type = own(message, 'event_type');
  return typeof type === 'string' && !rules.supersededEventTypes.includes(type)
    ? ignoreAll(items, 'other_event_type')
    : items;
}

function itemsOf(message: unknown, rules: EventRules, allowance: Allowance): readonly Item[] {
  const [idList, notAfter] = [own(message, 'asset_ids'), own(message, 'not_after')];
  const single = idsOf(own(message, 'asset_id'));
  if (idList !== undefined && !isList(idList)) return [refused('malformed_list', single, rules)];
  const given = [...single, ...(idList ?? [])];
  allowance.take(Math.max(given.length - 1, 0));
  const limit = typeof notAfter === 'string' ? parseTimestamp(notAfter) : undefined;
  // It is there to prevent harm, so of the members that may be left out it alone is refused when it is malformed.
  if (notAfter !== undefined && limit === undefined) return [refused('malformed_time', given, rules)];
  if (given.length === 0) return [failed('no_id')];
  const supersededBy = own(message, 'superseded_by');
  const items = [...new Set(given)].map((id) => itemOf(id, supersededBy, limit, rules));
  return limit !== undefined && rules.nowMs > limit ? ignoreAll(items, 'expired') : items;
}

/** Each id in it is judged by itself, so that a malformed one does not stop the others. */
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

/** An empty `asset_id` is none, as in an HTTP request. */
function idsOf(assetId: unknown): readonly unknown[] {
  return assetId === undefined || assetId === null || assetId === '' ? [] : [assetId];
}

/** A message that fails whole. Where it is about one asset only, the result can say about which. */
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
