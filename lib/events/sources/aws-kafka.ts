import { isRecord, own } from '../../json.ts';
import { ignored } from '../items.ts';
import { inBinaryMode } from './cloudevents.ts';
import { fromStream } from './encoded.ts';
import { type Delivery, delivered, each, ended, isListOf, list, message, named, type Source } from './source.ts';

const isFrom = (eventSource: string) => (event: unknown) => own(event, 'eventSource') === eventSource;

/** Kafka on Lambda: `records` is an object with one list for each partition. */
const awsKafka = (name: string, eventSource: string): Source => ({
  name,
  matches: (event) => {
    const records = own(event, 'records');
    return isFrom(eventSource)(event) && (records === null || isRecord(records));
  },
  open: openPartitions,
});

/** Kafka through EventBridge Pipes: the records alone, each with its `eventSource`. */
const pipedKafka = (name: string, eventSource: string): Source => ({
  name,
  matches: (event) => isListOf(event, isFrom(eventSource)),
  open: (event) => each(list(event), (record) => openRecord(record, clusterOf(record))),
});

export const msk: Source = awsKafka('msk', 'aws:kafka');
export const pipedMsk: Source = pipedKafka('msk', 'aws:kafka');
export const selfManagedKafka: Source = awsKafka('self-managed-kafka', 'SelfManagedKafka');
export const pipedSelfManagedKafka: Source = pipedKafka('self-managed-kafka', 'SelfManagedKafka');

/** The same layout without its source, told by its lists. */
export const untypedAwsKafka: Source = {
  name: 'msk',
  matches: (event) => partitions(event).some((partition) => Array.isArray(partition)),
  open: openPartitions,
};

function* openPartitions(event: unknown): Iterable<Delivery> {
  for (const partition of partitions(event))
    yield* each(delivered(partition), (record) => openRecord(record, clusterOf(event)));
}

function partitions(event: unknown): readonly unknown[] {
  const records = own(event, 'records');
  return isRecord(records) ? Object.values(records) : [];
}

const clusterOf = (event: unknown): unknown => own(event, 'eventSourceArn') ?? own(event, 'bootstrapServers') ?? '-';

function openRecord(record: unknown, cluster: unknown): Delivery {
  if (!isRecord(record)) return message(undefined);
  const value = own(record, 'value');
  // A tombstone deletes a key. To fail it would hold up its partition for ever.
  if (value === undefined || value === null) return ended(ignored('tombstone'));
  const place = ['topic', 'partition', 'offset'].map((name) => own(record, name));
  return named(inBinaryMode(headersOf(record), fromStream(value)), cluster, ...place);
}

/** A list of objects with one header each, whose value is a list of bytes. */
function headersOf(record: unknown): readonly (readonly [name: string, value: unknown])[] {
  return list(own(record, 'headers')).flatMap((header) => (isRecord(header) ? Object.entries(header) : []));
}
