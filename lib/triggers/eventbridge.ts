import { own } from '../json.ts';
import type { Source } from './source.ts';

/** AWS EventBridge: no other event has a member spelled `detail-type`. */
export const eventBridge: Source = {
  name: 'eventbridge',
  matches: (event) => typeof own(event, 'detail-type') === 'string',
  open: (event) => [{ kind: 'message', value: own(event, 'detail'), eventType: String(own(event, 'detail-type')) }],
};
