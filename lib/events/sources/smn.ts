import { own } from '../../json.ts';
import { type Delivery, each, list, message, named, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'record'));

/** Huawei SMN: the list is called `record`, in the singular. */
export const smn: Source = {
  name: 'smn',
  matches: (event) => records(event).some((record) => own(record, 'smn') !== undefined),
  open: (event) => each(records(event), (record) => openNotification(own(record, 'smn'))),
};

function openNotification(notification: unknown): Delivery {
  return named(message(own(notification, 'message')), own(notification, 'message_id'));
}
