import type { Item } from '../items.ts';

/** A message from its source: JSON text, a bare id, or an object that the source has parsed. */
interface MessageDelivery extends Label {
  readonly kind: 'message';
  readonly value: unknown;
}

/** An event about an object in a bucket. Its key may name an asset. */
export interface ObjectDelivery extends Label {
  readonly kind: 'object';
  /** Decoded where the source encodes it. */
  readonly key: unknown;
  /** Whether the object was created, and not removed, restored or tagged. */
  readonly created: boolean;
}

/** A delivery whose item the source knows already. It is not read. */
export interface KnownDelivery extends Label {
  readonly kind: 'known';
  readonly item: Item;
}

interface Label {
  /** The event type in the envelope. The message counts only if it is one of the superseded event types. */
  readonly eventType?: string;
  /** The identity of the message. It is the same in every delivery. */
  readonly identity?: string;
  /** SQS's `messageId`. The answer refers to the record by it. */
  readonly itemIdentifier?: string;
  /** From the CloudEvents extension `traceparent`. */
  readonly traceId?: string;
}

export type Delivery = MessageDelivery | ObjectDelivery | KnownDelivery;

/**
 * One kind of event: how to recognise it and how to get its messages. A source knows nothing about settings, assets or
 * VOD. `open` only gets events that `matches` accepted.
 */
export interface Source {
  /** For the log. */
  readonly name: string;
  readonly matches: (event: unknown) => boolean;
  /** Yields one delivery after the other, so that reading an event with a million of them can stop early. */
  readonly open: (event: unknown) => Iterable<Delivery>;
  /** Set if failed messages can be named one by one. All other sources get a throw for the whole event. */
  readonly failureReport?: 'batch_item_failures';
}

/** Returns a message without an identity or a type. */
export function message(value: unknown): MessageDelivery {
  return { kind: 'message', value };
}

/**
 * Adds the identity that the envelope gives to a delivery.
 *
 * @param parts - together they identify the message; if one is missing, the message has no identity
 */
export function identified(delivery: Delivery, ...parts: readonly unknown[]): Delivery {
  const isComplete = parts.every((part) => typeof part === 'number' || (typeof part === 'string' && part !== ''));
  return isComplete ? { identity: JSON.stringify(parts), ...delivery } : delivery;
}

/** Returns a delivery that is not read. */
export function known(item: Item): KnownDelivery {
  return { kind: 'known', item };
}

/** Opens records one by one. */
export function* each(records: Iterable<unknown>, open: (record: unknown) => Delivery): Iterable<Delivery> {
  for (const record of records) yield open(record);
}

/** Whether an event is a list without an envelope that is not empty and has members of one kind only. */
export function isListOf(event: unknown, isOne: (member: unknown) => boolean): boolean {
  return Array.isArray(event) && event.length > 0 && event.every(isOne);
}

/** Returns a list; an empty one for any other value. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Returns the members of a list. Some senders write an empty list as `null`. Any other value counts as the only member,
 * so that it has a result and is not taken for an empty batch.
 */
export function membersOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null || Array.isArray(value) ? list(value) : [value];
}
