import { parseJson } from '../../../lib/json.ts';
import { messageValues, type Source, sampleEvent } from '../../../local/emit/sample-event.ts';

/** How one source wraps messages into an event. */
export interface Wrapping {
  /**
   * @param message - JSON text or a plain asset id
   * @param eventType - for the sources that give an event a type
   */
  readonly wrap: (message: string, eventType?: string) => unknown;
  /** For sources that deliver several messages at once. */
  readonly wrapAll?: (messages: readonly string[]) => unknown;
}

export const SUPERSEDED = 'vod.upload.superseded';

export type Fields = Readonly<Record<string, unknown>>;

/** A source that delivers batches. */
export function batch<Event>(wrapAll: (messages: readonly string[]) => Event) {
  return { wrapAll, wrap: (message: string): Event => wrapAll([message]) };
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

let lastPosition = Date.now();

/** Returns a new position in a stream. A repeated position would count as a redelivery. */
export function nextPosition(): number {
  lastPosition += 1;
  return lastPosition;
}

/** The event of `npm run emit` for a source. A message that is no JSON object or list is passed on as text. */
export function sample(source: Source, message: string): Fields {
  const json = parseJson(message);
  const values = messageValues(message, typeof json === 'object' && json !== null ? json : message);
  return sampleEvent(source, { ...values, '<milliseconds>': nextPosition() }) as Fields;
}

/** A source whose event is a list of records under this name. */
export const listed = (source: Source, name: string) =>
  batch((messages) => ({ [name]: messages.flatMap((message) => sample(source, message)[name] as Fields[]) }));
