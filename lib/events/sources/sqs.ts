import { own } from '../../json.ts';
import { type Delivery, each, isListOf, list, message, named, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

const isFromSqs = (record: unknown): boolean => own(record, 'eventSource') === 'aws:sqs';

/** AWS SQS, the only source whose failed messages can be named one by one. */
export const sqs: Source = {
  name: 'sqs',
  reply: 'batch_item_failures',
  matches: (event) => records(event).some((record) => typeof own(record, 'body') === 'string' || isFromSqs(record)),
  open: (event) => each(records(event), openRecord),
};

/** SQS through EventBridge Pipes: the records alone, also a single one. */
export const pipedSqs: Source = {
  name: 'sqs',
  reply: 'batch_item_failures',
  matches: (event) => isListOf(event, isFromSqs),
  open: (event) => each(list(event), openRecord),
};

function openRecord(record: unknown): Delivery {
  const messageId = own(record, 'messageId');
  const delivery = message(own(record, 'body'));
  // An empty identifier would make Lambda take the whole batch for failed.
  return typeof messageId === 'string' && messageId !== ''
    ? named({ ...delivery, itemIdentifier: messageId }, messageId)
    : delivery;
}
