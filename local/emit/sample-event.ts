import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The sources that carry a message, by the name that the function logs as `trigger`: those of docs/send-events.md. The
 * functions read more, and `POST /events` takes any event as JSON.
 */
export const MESSAGE_SOURCES = ['cloudevents', 'smn', 'kafka', 'direct', 'eventbridge', 'sqs', 'sns', 'msk'] as const;

/** The sources that say "an object with this key was created". */
export const KEY_SOURCES = ['obs', 's3', 'eventgrid-obs', 'eventbridge-s3'] as const;

export type Source = (typeof MESSAGE_SOURCES | typeof KEY_SOURCES)[number];

/** What takes the place of a text in a sample, such as `<id>`. */
export type Values = Readonly<Record<`<${string}>`, unknown>>;

/** @param message - what the text means, for sources that carry JSON and no text */
export const messageValues = (text: string, message: unknown): Values => ({
  '<message>': message,
  '<message as text>': text,
  '<message in base64>': Buffer.from(text).toString('base64'),
});

/** Most sources send a key URL-encoded, with `+` for a space. */
export const keyValues = (key: string): Values => ({
  '<key>': key,
  '<encoded key>': encodeURIComponent(key).replaceAll('%20', '+'),
});

/** The texts of the samples. Each is read once, because tests make events of thousands of messages. */
const texts = new Map<Source, string>();

function textOf(source: Source): string {
  const text = texts.get(source) ?? readFileSync(new URL(`events/${source}.json`, import.meta.url), 'utf8');
  texts.set(source, text);
  return text;
}

/**
 * Makes an event from the sample of its source in `events/`.
 *
 * @example
 * sampleEvent('s3', keyValues('superseded/850883081a2e7255715ef81ae7c34338'))
 */
export function sampleEvent(source: Source, values: Values): unknown {
  const now = new Date();
  const places = { '<id>': randomUUID(), '<time>': now.toISOString(), '<milliseconds>': now.getTime(), ...values };
  const filled = new Map<unknown, unknown>(Object.entries(places));
  return JSON.parse(textOf(source), (_name, value: unknown) => (filled.has(value) ? filled.get(value) : value));
}
