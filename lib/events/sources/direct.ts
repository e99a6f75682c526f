import { isRecord, own } from '../../json.ts';
import { message, type Source } from './source.ts';

/** A direct call: the event is the message. */
export const direct: Source = {
  name: 'direct',
  matches: (event) =>
    typeof event === 'string' || own(event, 'asset_id') !== undefined || own(event, 'asset_ids') !== undefined,
  open: (event) => [message(event)],
};

/** An envelope with nothing in it, which does not name its source: `{ "Records": [] }`, or `null` for the list. */
export const empty: Source = {
  name: 'empty',
  matches: (event) =>
    ['Records', 'records', 'record', 'messages'].some((name) => isEmptyList(own(event, name))) ||
    hasNoPartition(own(event, 'records')),
  open: () => [],
};

function isEmptyList(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function hasNoPartition(records: unknown): boolean {
  return isRecord(records) && Object.keys(records).length === 0;
}
