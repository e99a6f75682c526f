import { isRecord, own } from '../../json.ts';
import type { Source } from './source.ts';

/** An envelope with nothing in it, which does not say whose it is: `{ "Records": [] }`, or `null` for the list. */
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
