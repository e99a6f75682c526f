import { own, parseJson } from '../../json.ts';
import { failed } from '../items.ts';
import { isTooLong, trimmed } from '../text.ts';
import { dataOf, isCloudEvent, traceOf } from './cloudevents.ts';
import { type Delivery, each, known, list, message, type ObjectDelivery, type Source } from './source.ts';

/**
 * `ObjectCreated:Put` in S3's and OBS's records, `OBS:DWR:ObjectCreated:PUT` in EventGrid, `s3:…` in configurations.
 */
const CREATED = /^(?:s3:|OBS:DWR:)?ObjectCreated(?::|$)/i;

/** Whether the name of an object event says that an object was created. */
function isCreation(eventName: unknown): boolean {
  return typeof eventName === 'string' && CREATED.test(eventName);
}

/** Keys are URL-encoded, with `+` for a space. A key that does not decode is taken as it is. */
function decodeKey(key: unknown): unknown {
  if (typeof key !== 'string') return key;
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** What the member `s3` or `obs` of a record says about the object. */
function objectOf(described: unknown, eventName: unknown): ObjectDelivery {
  return { kind: 'object', key: decodeKey(own(own(described, 'object'), 'key')), created: isCreation(eventName) };
}

/**
 * A record of either layout. Both may have the other's `eventSource` or none, so only the member counts. A record of
 * neither layout is not an event to ignore: it becomes a message that fails.
 */
function openObjectRecord(record: unknown): Delivery {
  const described = own(record, 'obs') ?? own(record, 's3');
  return described === undefined ? message(undefined) : objectOf(described, own(record, 'eventName'));
}

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

const recordsWith = (name: string, member: string): Source => ({
  name,
  matches: (event) => records(event).some((record) => own(record, member) !== undefined),
  open: (event) => each(records(event), openObjectRecord),
});

/** OBS, layout 3.0. */
export const obs: Source = recordsWith('obs', 'obs');

/** AWS S3, and OBS in its classic layout, which is S3's. */
export const s3: Source = recordsWith('s3', 's3');

/** S3 sends it once when a notification is set up: an object event about no object. */
export const s3Test: Source = {
  name: 's3',
  matches: (event) => own(event, 'Event') === 's3:TestEvent',
  open: () => [{ kind: 'object', key: undefined, created: false }],
};

/**
 * OBS through Huawei EventGrid. `data` is one record of layout 3.0, or a list of such records, or, if the subscription
 * asks for OBS's own layout, an object with `Records`.
 */
export const obsThroughEventGrid: Source = {
  name: 'eventgrid-obs',
  matches: (event) => isCloudEvent(event) && own(event, 'source') === 'HC.OBS.DWR',
  open: openObjects,
};

function* openObjects(event: unknown): Iterable<Delivery> {
  const trace = traceOf(event);
  for (const delivery of objectsIn(event)) yield { ...delivery, ...trace };
}

function objectsIn(event: unknown): Iterable<Delivery> {
  const delivery = dataOf(event);
  if (delivery.kind !== 'message') return [delivery];
  const { value } = delivery;
  if (typeof value === 'string' && isTooLong(value)) return [known(failed('too_long'))];
  const data = typeof value === 'string' ? parseJson(trimmed(value)) : value;
  const inList = own(data, 'Records');
  if (Array.isArray(inList)) return each(inList, openObjectRecord);
  const type = own(event, 'type');
  return each(Array.isArray(data) ? data : [data], (one) => objectOf(own(one, 'obs'), type));
}

/** S3 through EventBridge, the one place where keys are not encoded. */
export const s3ThroughEventBridge: Source = {
  name: 'eventbridge-s3',
  matches: (event) => own(event, 'source') === 'aws.s3' && typeof own(event, 'detail-type') === 'string',
  open: (event) => [
    {
      kind: 'object',
      key: own(own(own(event, 'detail'), 'object'), 'key'),
      created: own(event, 'detail-type') === 'Object Created',
    },
  ],
};
