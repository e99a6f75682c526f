import { Failure } from '../../cancel/failure.ts';
import { isRecord, own } from '../../json.ts';
import { isLambdaDestinationRecord } from './aws.ts';
import { isDestinationRecord } from './huawei.ts';
import { list } from './source.ts';

interface Kind {
  /** Completes "The event is …" */
  readonly words: string;
  readonly matches: (event: unknown) => boolean;
}

const changeStream = (source: string) => (event: unknown) =>
  list(own(event, 'records')).some((record) => own(record, 'event_source') === source);

/** Events of the platforms that never name an asset, each with a member that only it has. */
const FOREIGN: readonly Kind[] = [
  { words: 'a trace of CTS', matches: (event) => isRecord(own(event, 'cts')) },
  { words: 'a batch of logs of LTS', matches: (event) => isRecord(own(event, 'lts')) },
  { words: 'a change of DDS', matches: changeStream('dds') },
  { words: 'a change of GeminiDB', matches: changeStream('gauss_mongo') },
  { words: 'a notification of IoTDA', matches: (event) => own(event, 'notify_data') !== undefined },
  { words: 'a destination record without its payload', matches: isDestinationRecord },
  {
    words: 'a destination record of Lambda, whose requestPayload is the event to send',
    matches: isLambdaDestinationRecord,
  },
  {
    words: 'an HTTP request',
    matches: (event) =>
      typeof own(event, 'httpMethod') === 'string' || own(own(event, 'requestContext'), 'http') !== undefined,
  },
  { words: 'a list of records of another service', matches: (event) => Array.isArray(own(event, 'Records')) },
];

const KINDS: readonly Kind[] = [
  { words: 'null', matches: (event) => event === null || event === undefined },
  { words: 'a list that is empty or of an unknown kind', matches: Array.isArray },
  { words: 'not a JSON object', matches: (event) => !isRecord(event) },
  { words: "the console's test event", matches: (event) => own(event, 'key') === 'value' },
  ...FOREIGN,
  { words: 'of an unknown shape', matches: () => true },
];

/** Whether a message is a known event that this function does not handle. */
export function isForeignEvent(event: unknown): boolean {
  return FOREIGN.some(({ matches }) => matches(event));
}

/** Returns the error for an event without a source. It names the kind of event in our own words. */
export function unsupportedEvent(event: unknown): Failure {
  const kind = KINDS.find(({ matches }) => matches(event));
  const detail = `The event is ${kind?.words}; this function does not handle it, and VOD was not called.`;
  return new Failure('unsupported_event', { detail });
}
