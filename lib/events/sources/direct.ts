import { own } from '../../json.ts';
import { message, type Source } from './source.ts';

/** A direct call: the event is the message. */
export const direct: Source = {
  name: 'direct',
  matches: (event) =>
    typeof event === 'string' || own(event, 'asset_id') !== undefined || own(event, 'asset_ids') !== undefined,
  open: (event) => [message(event)],
};
