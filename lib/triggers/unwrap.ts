import { isAssetId } from '../cancel/asset-id.ts';
import { isRecord } from '../json.ts';
import type { Allowance } from './allowance.ts';
import { direct } from './direct.ts';
import { failed, type Item, ignoreAll } from './items.ts';
import { readMessage } from './message.ts';
import { readObjectKey } from './object-key.ts';
import type { EventRules } from './rules.ts';
import type { Delivery } from './source.ts';
import { sourceOf } from './table.ts';
import { isForeignEvent } from './unsupported.ts';

/** Envelopes around a message that are opened, the outermost included. */
const MAX_ENVELOPES = 5;

/** JSON that is an object, a list or a string; a bare number may just as well be an id. */
const LOOKS_LIKE_JSON = /^\s*[{["]/;

/** What reading one event works with. */
export interface Reading {
  readonly rules: EventRules;
  readonly allowance: Allowance;
}

/**
 * Makes items of one message, whatever is nested in it.
 *
 * @param opened - the envelopes opened so far
 */
export function unwrap(delivery: Delivery, opened: number, reading: Reading): readonly Item[] {
  const items = delivery.kind === 'object' ? unwrapObject(delivery, reading) : unwrapMessage(delivery, opened, reading);
  const { traceparent } = delivery;
  // On the way out, so that of nested envelopes the outermost has the last word.
  return traceparent === undefined ? items : items.map((item) => ({ ...item, traceparent }));
}

function unwrapObject(delivery: Delivery & { kind: 'object' }, { rules, allowance }: Reading): readonly Item[] {
  allowance.take(1);
  return [readObjectKey(delivery, rules)];
}

function unwrapMessage(
  { value, eventType }: Delivery & { kind: 'message' },
  opened: number,
  reading: Reading,
): readonly Item[] {
  const items = readValue(value, opened, reading);
  return eventType === undefined || reading.rules.supersededEventTypes.includes(eventType)
    ? items
    : ignoreAll(items, 'other_event_type');
}

function readValue(value: unknown, opened: number, reading: Reading): readonly Item[] {
  if (isRecord(value)) return readObject(value, opened, reading);
  if (typeof value === 'string' && LOOKS_LIKE_JSON.test(value)) return readJson(value, opened, reading);
  reading.allowance.take(1);
  return [readLeaf(value, reading.rules)];
}

function readObject(value: unknown, opened: number, reading: Reading): readonly Item[] {
  const source = sourceOf(value);
  if (source === undefined || source === direct) {
    reading.allowance.take(1);
    const foreign = source === undefined && isForeignEvent(value);
    return foreign ? [failed('foreign_event')] : readMessage(value, reading.rules, reading.allowance);
  }
  if (opened >= MAX_ENVELOPES) {
    reading.allowance.take(1);
    return [failed('too_deep')];
  }
  return source.open(value).flatMap((delivery) => unwrap(delivery, opened + 1, reading));
}

/** Text may be quoted more than once; each time doubles the backslashes inside, so that this ends within a few rounds. */
function readJson(text: string, opened: number, reading: Reading): readonly Item[] {
  const value = parse(text);
  if (isRecord(value) || typeof value === 'string') return readValue(value, opened, reading);
  reading.allowance.take(1);
  return [failed(value === undefined ? 'malformed_json' : 'wrong_type')];
}

/** A bare id, or nothing of use. */
function readLeaf(value: unknown, { assetIdPattern }: EventRules): Item {
  if (value === undefined || value === null || value === '') return failed('no_id');
  if (typeof value !== 'string') return failed('wrong_type');
  if (isAssetId(value, assetIdPattern)) return { kind: 'cancel', assetId: value };
  return failed(parse(value) === undefined ? 'malformed_id' : 'wrong_type');
}

/** @returns undefined where the text is no JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
