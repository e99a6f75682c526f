import { own } from '../../json.ts';
import { fromStream } from './encoded.ts';
import { type Delivery, delivered, each, named, type Source } from './source.ts';

const inMessage = (event: unknown): unknown => own(own(event, 'Message'), 'records');

/** Huawei DIS, a stream. */
export const dis: Source = {
  name: 'dis',
  matches: (event) =>
    Array.isArray(inMessage(event)) || (own(event, 'StreamName') !== undefined && own(event, 'Message') !== undefined),
  open: (event) => each(delivered(inMessage(event)), (record) => openRecord(event, record)),
};

/** A sequence number is unique within its shard. */
function openRecord(event: unknown, record: unknown): Delivery {
  const shard = [own(event, 'StreamName') ?? '-', own(event, 'ShardID') ?? '-'];
  return named(fromStream(own(record, 'data')), ...shard, own(record, 'sequence_number'));
}
