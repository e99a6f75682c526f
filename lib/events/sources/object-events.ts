import { own, parseJson } from '../../json.ts';
import { trimmed } from '../text.ts';
import { dataOf, isCloudEvent, traceOf } from './cloudevents.ts';
import { objectOf, openObjectRecord } from './object-records.ts';
import { type Delivery, each, type Source } from './source.ts';

/**
 * OBS through Huawei EventGrid. `data` is the layout 3.0 of one record without its list, is a list of such, or, where
 * the subscription asks for OBS's own layout, an object with `Records`.
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
  const data = typeof delivery.value === 'string' ? parseJson(trimmed(delivery.value)) : delivery.value;
  const records = own(data, 'Records');
  if (Array.isArray(records)) return each(records, openObjectRecord);
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
