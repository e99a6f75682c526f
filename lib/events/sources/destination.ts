import { isRecord, own } from '../../json.ts';
import { message, type Source } from './source.ts';

/** Whether an event is what FunctionGraph hands to the destination of an asynchronous invocation. */
export function isDestinationRecord(event: unknown): boolean {
  return isRecord(own(event, 'request_context')) && isRecord(own(event, 'response_context'));
}

/** Whether an event is what Lambda hands to a destination, or the event of EventBridge with that in its `detail`. */
export function isLambdaDestinationRecord(event: unknown): boolean {
  return [event, own(event, 'detail')].some(
    (record) => isRecord(own(record, 'requestContext')) && isRecord(own(record, 'responseContext')),
  );
}

/** Such a record is replayed by handing it in again. One without its payload has nothing to replay. */
export const destination: Source = {
  name: 'destination',
  matches: (event) => {
    const payload = own(event, 'request_payload');
    return isDestinationRecord(event) && payload !== undefined && payload !== null && payload !== '';
  },
  open: (event) => [message(own(event, 'request_payload'))],
};
