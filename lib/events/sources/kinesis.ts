import { own } from '../../json.ts';
import { fromStream } from './encoded.ts';
import { type Delivery, each, isListOf, list, named, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** Through EventBridge Pipes a record is flat: what stands in `kinesis` elsewhere stands in the record itself. */
const openFlat = (record: unknown): Delivery => openRecord(record, own(record, 'kinesis') ?? record);

/** A sequence number is unique within its shard, which stands in the id of the event. */
function openRecord(record: unknown, inner: unknown): Delivery {
  const shard = [own(record, 'eventSourceARN') ?? '-', own(record, 'eventID') ?? '-'];
  return named(fromStream(own(inner, 'data')), ...shard, own(inner, 'sequenceNumber'));
}

/** AWS Kinesis Data Streams. */
export const kinesis: Source = {
  name: 'kinesis',
  matches: (event) => records(event).some((record) => own(record, 'kinesis') !== undefined),
  open: (event) => each(records(event), (record) => openRecord(record, own(record, 'kinesis'))),
};

/** Kinesis through EventBridge Pipes: the records alone. */
export const pipedKinesis: Source = {
  name: 'kinesis',
  matches: (event) => isListOf(event, (record) => own(record, 'eventSource') === 'aws:kinesis'),
  open: (event) => each(list(event), openFlat),
};
