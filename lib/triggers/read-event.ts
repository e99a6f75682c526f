import { Allowance, TooManyIds } from './allowance.ts';
import { traceOf } from './cloudevents.ts';
import { direct } from './direct.ts';
import { failed, type Item } from './items.ts';
import type { EventRules } from './rules.ts';
import type { Source } from './source.ts';
import { sourceOf } from './table.ts';
import { unsupportedEvent } from './unsupported.ts';
import { unwrap } from './unwrap.ts';

export type { Item } from './items.ts';
export type { EventRules } from './rules.ts';

/** One message of the outermost envelope; what is nested in it is spliced in, in order. */
export interface Message {
  /** Empty only where the message is an envelope with nothing in it. */
  readonly items: readonly Item[];
  /** SQS's name for the message; undefined for a record without one, whose failure only a throw can report. */
  readonly itemIdentifier?: string;
}

/** What an event asks for. */
export interface EventReading {
  /** The name of the outermost source, for the log. */
  readonly trigger: string;
  /** How failures are reported to the platform. */
  readonly reply: 'throw' | 'batch_item_failures';
  /** The distinct `traceparent`s of the items; only where there is one does the whole event belong to one trace. */
  readonly traceparent: readonly string[];
  readonly messages: readonly Message[];
}

/**
 * Reads any event this function handles: which assets it names, and what is wrong with it.
 *
 * @param event - as the host hands it over, parsed from JSON
 * @returns plain data; a message that is bad ends as an item `failed` and never stops the others
 * @throws Failure - `UNSUPPORTED_EVENT` where the event is none of the table; its detail names the kind
 * @example
 * readEvent({ asset_id: '850883081a2e7255715ef81ae7c34338' }, rules).messages
 * // [{ items: [{ kind: 'cancel', assetId: '850883081a2e7255715ef81ae7c34338' }] }]
 */
export function readEvent(event: unknown, rules: EventRules): EventReading {
  const source = sourceOf(event);
  if (source === undefined) throw unsupportedEvent(event);
  const messages = readMessages(event, source, rules);
  if (messages === undefined) return refusal(source);
  const traceparents = messages.flatMap(({ items }) => items.flatMap(({ traceparent }) => traceparent ?? []));
  return {
    trigger: source.name,
    reply: source.reply ?? 'throw',
    traceparent: [...new Set(traceparents)],
    messages,
  };
}

/**
 * What the log tells of an event that is not going to be read, as the settings are at fault. Never throws.
 *
 * @returns `unknown` and no `traceparent` where the event is none of the table
 */
export function recogniseEvent(event: unknown): Pick<EventReading, 'trigger' | 'traceparent'> {
  try {
    const { traceparent } = traceOf(event);
    return { trigger: sourceOf(event)?.name ?? 'unknown', traceparent: traceparent === undefined ? [] : [traceparent] };
  } catch {
    return { trigger: 'unknown', traceparent: [] };
  }
}

/** @returns undefined where the event has more ids than one may have */
function readMessages(event: unknown, source: Source, rules: EventRules): readonly Message[] | undefined {
  const reading = { rules, allowance: new Allowance() };
  // A direct call is a message without an envelope.
  const opened = source === direct ? 0 : 1;
  try {
    return source.open(event).map((delivery) => {
      const items = unwrap(delivery, opened, reading);
      const { itemIdentifier } = delivery;
      return itemIdentifier === undefined ? { items } : { items, itemIdentifier };
    });
  } catch (error) {
    if (error instanceof TooManyIds) return undefined;
    throw error;
  }
}

/** An event that is too large is refused whole; no single message of a batch is to blame, so SQS gets a throw as well. */
function refusal({ name }: Source): EventReading {
  return { trigger: name, reply: 'throw', traceparent: [], messages: [{ items: [failed('too_many_ids')] }] };
}
