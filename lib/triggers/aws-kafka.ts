import { isRecord, own } from '../json.ts';
import { textOfBase64 } from './base64.ts';
import { delivered, message, type Source } from './source.ts';

/** Kafka on Lambda: `records` is an object with one list for each partition. */
const awsKafka = (name: string, eventSource: string): Source => ({
  name,
  matches: (event) => {
    const records = own(event, 'records');
    return own(event, 'eventSource') === eventSource && (records === null || isRecord(records));
  },
  open: openPartitions,
});

export const msk: Source = awsKafka('msk', 'aws:kafka');
export const selfManagedKafka: Source = awsKafka('self-managed-kafka', 'SelfManagedKafka');

/** The same layout without its source, told by its lists. */
export const untypedAwsKafka: Source = {
  name: 'msk',
  matches: (event) => partitions(event).some((partition) => Array.isArray(partition)),
  open: openPartitions,
};

function openPartitions(event: unknown): ReturnType<Source['open']> {
  return partitions(event).flatMap((partition) =>
    delivered(partition).map((record) => message(textOfBase64(own(record, 'value')))),
  );
}

function partitions(event: unknown): readonly unknown[] {
  const records = own(event, 'records');
  return isRecord(records) ? Object.values(records) : [];
}
