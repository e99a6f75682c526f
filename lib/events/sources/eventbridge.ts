import { own } from '../../json.ts';
import { isLambdaDestinationRecord } from './destination.ts';
import { named, type Source } from './source.ts';

/**
 * AWS EventBridge: no other event has a member spelled `detail-type`. A failure of a function of Lambda comes this way
 * as well; to ignore it for its type would lose the event that the function failed on.
 */
export const eventBridge: Source = {
  name: 'eventbridge',
  matches: (event) => typeof own(event, 'detail-type') === 'string' && !isLambdaDestinationRecord(event),
  open: (event) => [
    named(
      { kind: 'message', value: own(event, 'detail'), eventType: String(own(event, 'detail-type')) },
      own(event, 'id'),
    ),
  ],
};
