import { Allowance } from './allowance.ts';
import { failed, type Item } from './items.ts';
import type { EventRules } from './rules.ts';
import { traceOf } from './sources/cloudevents.ts';
import { direct } from './sources/direct.ts';
import type { Source } from './sources/source.ts';
import { sourceOf } from './sources/table.ts';
import { unsupportedEvent } from './sources/unsupported.ts';
import { unwrap } from './unwrap.ts';

export type { Item } from './items.ts';
export type { EventRules } from './rules.ts';

/** Twice as many as any platform puts into one batch. Each ends in a result and a line, so their number has an end. */
const MAX_MESSAGES = 20_000;

/** One message of the outermost envelope; what is nested in it is spliced in, in order. */
export interface Message {
  /** Empty only where the message is an envelope with nothing in it. */
  readonly items: readonly Item[];
  /** Tells the message from every other that this process gets, where its envelope names it. */
  readonly name?: string;
  /** SQS's name for the message; undefined for a record without one, whose failure only a throw can report. */
  readonly itemIdentifier?: string;
}

/** What an event asks for. */
export interface EventReading {
  /** The name of the outermost source, for the log. */
  readonly trigger: string;
  /** How failures are reported to the platform. */
  readonly reply: 'throw' | 'batch_item_failures';
  /** Only where there is no other does the whole event belong to one trace. */
  readonly traceId: string | undefined;
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
  const [traceId, ...others] = new Set(messages.flatMap(({ items }) => items.flatMap((item) => item.traceId ?? [])));
  return {
    trigger: source.name,
    reply: source.reply ?? 'throw',
    traceId: others.length === 0 ? traceId : undefined,
    messages,
  };
}

/**
 * What the log tells of an event that is not going to be read, as the settings are at fault. Never throws.
 *
 * @returns `unknown` and no trace where the event is none of the table
 */
export function recogniseEvent(event: unknown): Pick<EventReading, 'trigger' | 'traceId'> {
  try {
    return { trigger: sourceOf(event)?.name ?? 'unknown', traceId: traceOf(event).traceId };
  } catch {
    return { trigger: 'unknown', traceId: undefined };
  }
}

/** @returns undefined where the event has more messages than one may have */
function readMessages(event: unknown, source: Source, rules: EventRules): readonly Message[] | undefined {
  const reading = { rules, allowance: new Allowance() };
  // A direct call is a message without an envelope.
  const opened = source === direct ? 0 : 1;
  const messages: Message[] = [];
  for (const delivery of source.open(event)) {
    if (messages.length === MAX_MESSAGES) return undefined;
    const items = reading.allowance.read(() => unwrap(delivery, opened, reading));
    const { itemIdentifier, name } = delivery;
    messages.push({
      items,
      ...(itemIdentifier !== undefined && { itemIdentifier }),
      // One name may stand for different messages in different services.
      ...(name !== undefined && { name: `${source.name} ${name}` }),
    });
  }
  return messages;
}

/** An event of too many messages is refused whole. None of them is to blame more than others, so SQS gets a throw too. */
function refusal({ name }: Source): EventReading {
  return { trigger: name, reply: 'throw', traceId: undefined, messages: [{ items: [failed('too_many_messages')] }] };
}
