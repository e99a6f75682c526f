import { own } from '../json.ts';
import { dataOf, isCloudEvent, traceOf } from './cloudevents.ts';
import { objectOf, openObjectRecord } from './object-records.ts';
import type { Delivery, Source } from './source.ts';

/**
 * OBS through Huawei EventGrid. `data` is the layout 3.0 of one record without its list, is a list of such, or, where
 * the subscription asks for OBS's own layout, an object with `Records`.
 */
export const obsThroughEventGrid: Source = {
  name: 'eventgrid-obs',
  matches: (event) => isCloudEvent(event) && own(event, 'source') === 'HC.OBS.DWR',
  open: (event) => objectsIn(event).map((delivery) => ({ ...delivery, ...traceOf(event) })),
};

function objectsIn(event: unknown): readonly Delivery[] {
  const data = parsed(dataOf(event));
  const records = own(data, 'Records');
  if (Array.isArray(records)) return records.map(openObjectRecord);
  const type = own(event, 'type');
  return (Array.isArray(data) ? data : [data]).map((one: unknown) => objectOf(own(one, 'obs'), type));
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
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
