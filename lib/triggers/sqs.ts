import { own } from '../json.ts';
import { list, message, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** AWS SQS, the only source whose failed messages can be named one by one. */
export const sqs: Source = {
  name: 'sqs',
  reply: 'batch_item_failures',
  matches: (event) =>
    records(event).some(
      (record) => typeof own(record, 'body') === 'string' || own(record, 'eventSource') === 'aws:sqs',
    ),
  open: (event) =>
    records(event).map((record) => {
      const messageId = own(record, 'messageId');
      const delivery = message(own(record, 'body'));
      // An empty identifier would make Lambda take the whole batch for failed.
      return typeof messageId === 'string' && messageId !== '' ? { ...delivery, itemIdentifier: messageId } : delivery;
    }),
};
