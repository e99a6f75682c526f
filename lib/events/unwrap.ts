import { isAssetId } from '../cancel/asset-id.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Allowance } from './allowance.ts';
import { failed, type Item, ignoreAll } from './items.ts';
import { readMessage } from './message.ts';
import { readObjectKey } from './object-key.ts';
import type { EventRules } from './rules.ts';
import { direct } from './sources/direct.ts';
import type { Delivery } from './sources/source.ts';
import { sourceOf } from './sources/table.ts';
import { isForeignEvent } from './sources/unsupported.ts';
import { beginsLikeJson, isTooLong, trimmed } from './text.ts';

/** The number of envelopes that are opened, including the outermost one. */
const MAX_ENVELOPES = 5;

/** Everything that reading one event needs. */
interface Reading {
  readonly rules: EventRules;
  readonly allowance: Allowance;
}

/**
 * Returns the items of one message and of all messages nested in it.
 *
 * @param opened - the number of envelopes opened so far
 */
export function unwrap(delivery: Delivery, opened: number, reading: Reading): readonly Item[] {
  const { eventType, traceId } = delivery;
  const all = itemsOf(delivery, opened, reading);
  const isForUs = eventType === undefined || reading.rules.supersededEventTypes.includes(eventType);
  const items = isForUs ? all : ignoreAll(all, 'other_event_type');
  // This runs after the nested envelopes, so the trace of the outermost one wins.
  return traceId === undefined ? items : items.map((item) => ({ ...item, traceId }));
}

function itemsOf(delivery: Delivery, opened: number, reading: Reading): readonly Item[] {
  switch (delivery.kind) {
    case 'message':
      return readValue(delivery.value, opened, reading);
    case 'object':
      return one(readObjectKey(delivery, reading.rules), reading);
    case 'known':
      return one(delivery.item, reading);
  }
}

/** Counts an item, and returns it as a list. */
function one(item: Item, { allowance }: Reading): readonly Item[] {
  if (item.kind === 'cancel') allowance.takeIds(1);
  else allowance.takeOther();
  return [item];
}

function readValue(value: unknown, opened: number, reading: Reading): readonly Item[] {
  if (typeof value === 'string') return readText(value, opened, reading);
  if (isRecord(value)) return readObject(value, opened, reading);
  if (Array.isArray(value) && sourceOf(value) !== undefined) return readObject(value, opened, reading);
  return one(failed(value === undefined || value === null ? 'no_id' : 'wrong_type'), reading);
}

function readObject(value: unknown, opened: number, reading: Reading): readonly Item[] {
  const source = sourceOf(value);
  if (source === undefined || source === direct) {
    const foreign = source === undefined && isForeignEvent(value);
    return foreign ? one(failed('foreign_event'), reading) : readMessage(value, reading.rules, reading.allowance);
  }
  if (opened >= MAX_ENVELOPES) return one(failed('too_deep'), reading);
  const items: Item[] = [];
  for (const delivery of source.open(value)) items.push(...unwrap(delivery, opened + 1, reading));
  return items;
}

/** Text may be quoted several times. Each quotation doubles the backslashes inside, so there are only a few rounds. */
function readText(text: string, opened: number, reading: Reading): readonly Item[] {
  if (isTooLong(text)) return one(failed('too_long'), reading);
  const bare = trimmed(text);
  if (!beginsLikeJson(bare)) return one(readBareId(bare, reading.rules), reading);
  const value = parseJson(bare);
  return value === undefined ? one(failed('malformed_json'), reading) : readValue(value, opened, reading);
}

function readBareId(text: string, { assetIdPattern }: EventRules): Item {
  if (text === '') return failed('no_id');
  if (isAssetId(text, assetIdPattern)) return { kind: 'cancel', assetId: text };
  return failed(parseJson(text) === undefined ? 'malformed_id' : 'wrong_type');
}
