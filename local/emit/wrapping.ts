/** The event type that means "superseded" unless `SUPERSEDED_EVENT_TYPES` says otherwise. */
export const SUPERSEDED = 'vod.upload.superseded';

/** How one source wraps messages into the event it calls a function with. */
export interface Wrapping {
  /**
   * @param message - JSON text or a bare asset id
   * @param eventType - for the sources that give an event a type
   */
  readonly wrap: (message: string, eventType?: string) => unknown;
  /** For the sources that deliver several messages at once. */
  readonly wrapAll?: (messages: readonly string[]) => unknown;
}

/** A source that delivers batches. */
export function batch<Event>(wrapAll: (messages: readonly string[]) => Event) {
  return { wrapAll, wrap: (message: string): Event => wrapAll([message]) };
}

/** The object inside JSON text, for the members that hold JSON rather than text; anything else as it is. */
export function objectOrText(message: string): unknown {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : message;
  } catch {
    return message;
  }
}

/** What a Kafka client puts into the headers of a CloudEvent in binary mode, as Lambda hands headers over. */
export function kafkaHeaders(attributes: Readonly<Record<string, string>>): object[] {
  return Object.entries(attributes).map(([name, value]) => ({ [`ce_${name}`]: [...Buffer.from(value)] }));
}

let lastPosition = Date.now();

/** The position of a new message in its stream: no other has had it, or the function takes it for a redelivery. */
export function nextPosition(): number {
  lastPosition += 1;
  return lastPosition;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
