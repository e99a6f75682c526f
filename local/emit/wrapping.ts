/** The event type that means "superseded" by default. */
export const SUPERSEDED = 'vod.upload.superseded';

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

/** A source that delivers batches. */
export function batch<Event>(wrapAll: (messages: readonly string[]) => Event) {
  return { wrapAll, wrap: (message: string): Event => wrapAll([message]) };
}

/** Parses a message that is a JSON object, for sources that carry objects. Anything else stays a text. */
export function objectOrText(message: string): unknown {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : message;
  } catch {
    return message;
  }
}

let lastPosition = Date.now();

/** Returns a new position in a stream. A repeated position would count as a redelivery. */
export function nextPosition(): number {
  lastPosition += 1;
  return lastPosition;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
