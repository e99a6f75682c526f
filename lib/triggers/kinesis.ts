import { own } from '../json.ts';
import { fromStream } from './encoded.ts';
import { type Delivery, each, isListOf, list, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** Through EventBridge Pipes a record is flat: what stands in `kinesis` elsewhere stands in the record itself. */
const openRecord = (record: unknown): Delivery => fromStream(own(own(record, 'kinesis') ?? record, 'data'));

/** AWS Kinesis Data Streams. */
export const kinesis: Source = {
  name: 'kinesis',
  matches: (event) => records(event).some((record) => own(record, 'kinesis') !== undefined),
  open: (event) => each(records(event), (record) => fromStream(own(own(record, 'kinesis'), 'data'))),
};

/** Kinesis through EventBridge Pipes: the records alone. */
export const pipedKinesis: Source = {
  name: 'kinesis',
  matches: (event) => isListOf(event, (record) => own(record, 'eventSource') === 'aws:kinesis'),
  open: (event) => each(list(event), openRecord),
};
