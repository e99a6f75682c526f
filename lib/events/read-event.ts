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

/**
 * Twice as many as in the largest batch of any platform. The limit exists because each message has a result and a line.
 */
const MAX_MESSAGES = 20_000;

/** One message of the outermost envelope, with the items of all nested messages in order. */
export interface Message {
  /** Empty only if the message is an empty envelope. */
  readonly items: readonly Item[];
  /** The identity of the message, if its envelope has one. */
  readonly identity?: string;
  /** SQS's id of the message; undefined for a record without one, whose failure only a throw can report. */
  readonly itemIdentifier?: string;
}

/** What an event asks for. */
export interface EventReading {
  /** The name of the outermost source. */
  readonly trigger: string;
  /** How failures are reported to the platform. */
  readonly failureReport: 'throw' | 'batch_item_failures';
  /** The trace of the whole event; undefined if its items have several. */
  readonly traceId: string | undefined;
  readonly messages: readonly Message[];
}

/**
 * Reads an event of any supported kind.
 *
 * @param event - the event from the host, parsed from JSON
 * @returns plain data. A malformed message becomes a failed item and never stops the others
 * @throws Failure - `UNSUPPORTED_EVENT` if no source in the table matches; its detail names the kind
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
    failureReport: source.failureReport ?? 'throw',
    traceId: others.length === 0 ? traceId : undefined,
    messages,
  };
}

/**
 * Recognises an event for the log without reading its messages. Never throws.
 *
 * @returns `unknown` and no trace if no source in the table matches
 */
export function recogniseEvent(event: unknown): Pick<EventReading, 'trigger' | 'traceId'> {
  try {
    return { trigger: sourceOf(event)?.name ?? 'unknown', traceId: traceOf(event).traceId };
  } catch {
    return { trigger: 'unknown', traceId: undefined };
  }
}

/** @returns undefined if the event has too many messages */
function readMessages(event: unknown, source: Source, rules: EventRules): readonly Message[] | undefined {
  const reading = { rules, allowance: new Allowance() };
  // A direct call has no envelope.
  const opened = source === direct ? 0 : 1;
  const messages: Message[] = [];
  for (const delivery of source.open(event)) {
    if (messages.length === MAX_MESSAGES) return undefined;
    const items = reading.allowance.read(() => unwrap(delivery, opened, reading));
    const { itemIdentifier, identity } = delivery;
    messages.push({
      items,
      ...(itemIdentifier !== undefined && { itemIdentifier }),
      // Different services may use the same identity for different messages.
      ...(identity !== undefined && { identity: `${source.name} ${identity}` }),
    });
  }
  return messages;
}

/** An event with too many messages is refused as a whole. No single message is the cause, so SQS also gets a throw. */
function refusal({ name }: Source): EventReading {
  return {
    trigger: name,
    failureReport: 'throw',
    traceId: undefined,
    messages: [{ items: [failed('too_many_messages')] }],
  };
}
