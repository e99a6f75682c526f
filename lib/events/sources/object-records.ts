import { own } from '../../json.ts';
import { type Delivery, each, list, message, type ObjectDelivery, type Source } from './source.ts';

/** `ObjectCreated:Put` in S3's and OBS's records, `OBS:DWR:ObjectCreated:PUT` in EventGrid, `s3:…` in configurations. */
const CREATED = /^(?:s3:|OBS:DWR:)?ObjectCreated(?::|$)/i;

/** Whether the name of an object event says that an object was created. */
export function isCreation(eventName: unknown): boolean {
  return typeof eventName === 'string' && CREATED.test(eventName);
}

/** Keys come URL-encoded with `+` for a space; one that does not decode is taken as it stands. */
export function decodeKey(key: unknown): unknown {
  if (typeof key !== 'string') return key;
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** What the member `s3` or `obs` of a record says about the object. */
export function objectOf(described: unknown, eventName: unknown): ObjectDelivery {
  return { kind: 'object', key: decodeKey(own(own(described, 'object'), 'key')), created: isCreation(eventName) };
}

/**
 * A record of either layout; both may carry the other's `eventSource` or none, so only the member counts. A record of
 * neither must not pass for an event that is ignored: it becomes a message that fails.
 */
export function openObjectRecord(record: unknown): Delivery {
  const described = own(record, 'obs') ?? own(record, 's3');
  return described === undefined ? message(undefined) : objectOf(described, own(record, 'eventName'));
}

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** OBS, layout 3.0. */
export const obs: Source = {
  name: 'obs',
  matches: (event) => records(event).some((record) => own(record, 'obs') !== undefined),
  open: (event) => each(records(event), openObjectRecord),
};

/** AWS S3, and OBS in its classic layout, which is S3's. */
export const s3: Source = {
  name: 's3',
  matches: (event) => records(event).some((record) => own(record, 's3') !== undefined),
  open: (event) => each(records(event), openObjectRecord),
};

/** What S3 sends once when a notification is set up: an object event about no object. */
export const s3Test: Source = {
  name: 's3',
  matches: (event) => own(event, 'Event') === 's3:TestEvent',
  open: () => [{ kind: 'object', key: undefined, created: false }],
};
