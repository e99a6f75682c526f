import { own } from '../json.ts';
import { each, list, message, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** AWS SNS, as it calls a function. */
export const sns: Source = {
  name: 'sns',
  matches: (event) => records(event).some((record) => own(record, 'Sns') !== undefined),
  open: (event) => each(records(event), (record) => message(own(own(record, 'Sns'), 'Message'))),
};

/** What SNS puts into an SQS queue: the notification alone, in the layout of its HTTP deliveries. */
export const snsNotification: Source = {
  name: 'sns',
  matches: (event) => own(event, 'Type') === 'Notification' && typeof own(event, 'TopicArn') === 'string',
  open: (event) => [message(own(event, 'Message'))],
};
