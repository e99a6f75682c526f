import type { Item } from '../items.ts';

/** A message as its source delivers it: JSON text, a bare id, or an object that the source has already parsed. */
export interface MessageDelivery extends Label {
  readonly kind: 'message';
  readonly value: unknown;
}

/** A notice about an object in a bucket: its key may name an asset. */
export interface ObjectDelivery extends Label {
  readonly kind: 'object';
  /** Decoded where the source encodes it. */
  readonly key: unknown;
  /** The object was created, and not removed, restored or tagged. */
  readonly created: boolean;
}

/** What the source knows the end of: there is nothing to read in it. */
export interface EndedDelivery extends Label {
  readonly kind: 'ended';
  readonly item: Item;
}

interface Label {
  /** The type that the envelope gives; the message counts only when it is one of the superseded event types. */
  readonly eventType?: string;
  /** Tells the message from every other, and is the same when it is delivered again. */
  readonly name?: string;
  /** SQS's `messageId`, which names the record in the answer. */
  readonly itemIdentifier?: string;
  /** Of the CloudEvents extension `traceparent`. */
  readonly traceId?: string;
}

export type Delivery = MessageDelivery | ObjectDelivery | EndedDelivery;

/**
 * One kind of event: how to recognise it and how to take the messages out of it. A source knows nothing of settings,
 * of assets or of VOD, and `open` is only given what `matches` has accepted.
 */
export interface Source {
  /** For the log. */
  readonly name: string;
  readonly matches: (event: unknown) => boolean;
  /** One delivery after the other, so that an event with a million of them can be given up early. */
  readonly open: (event: unknown) => Iterable<Delivery>;
  /** A batch whose failed messages can be named one by one; everywhere else a throw stands for the whole event. */
  readonly reply?: 'batch_item_failures';
}

/** The message of a source that says nothing about it. */
export function message(value: unknown): MessageDelivery {
  return { kind: 'message', value };
}

/**
 * A delivery with the name that its envelope gives it.
 *
 * @param parts - together they name the message; where one is missing the message has no name
 */
export function named(delivery: Delivery, ...parts: readonly unknown[]): Delivery {
  const isComplete = parts.every((part) => typeof part === 'number' || (typeof part === 'string' && part !== ''));
  return isComplete ? { ...delivery, name: JSON.stringify(parts) } : delivery;
}

/** A delivery that ends without being read. */
export function ended(item: Item): EndedDelivery {
  return { kind: 'ended', item };
}

/** Opens each of some records when it is asked for. */
export function* each(records: Iterable<unknown>, open: (record: unknown) => Delivery): Iterable<Delivery> {
  for (const record of records) yield open(record);
}

/** Whether an event is a list without an envelope, not empty, whose members are all of one kind. */
export function isListOf(event: unknown, isOne: (member: unknown) => boolean): boolean {
  return Array.isArray(event) && event.length > 0 && event.every(isOne);
}

/** A list as it is, an empty one where there is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * What is delivered in the place of a list: nothing where there is none, as some senders write an empty list as `null`.
 * Anything else is taken for the one member of it, so that it ends in a result and does not pass for an empty batch.
 */
export function delivered(value: unknown): readonly unknown[] {
  return value === undefined || value === null || Array.isArray(value) ? list(value) : [value];
}
