import { own } from '../../json.ts';
import { type Delivery, each, list, message, named, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** AWS SNS, as it calls a function. */
export const sns: Source = {
  name: 'sns',
  matches: (event) => records(event).some((record) => own(record, 'Sns') !== undefined),
  open: (event) => each(records(event), (record) => openNotification(own(record, 'Sns'))),
};

/** What SNS puts into an SQS queue: the notification alone, in the layout of its HTTP deliveries. */
export const snsNotification: Source = {
  name: 'sns',
  matches: (event) => own(event, 'Type') === 'Notification' && typeof own(event, 'TopicArn') === 'string',
  open: (event) => [openNotification(event)],
};

function openNotification(notification: unknown): Delivery {
  return named(message(own(notification, 'Message')), own(notification, 'MessageId'));
}
