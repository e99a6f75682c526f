import { type Conclusion, toCancelResult } from '../cancel/conclusion.ts';
import { concludeError } from '../cancel/failure.ts';
import { isDone, type Outcome } from '../cancel/outcome.ts';
import type { CancelResult } from '../cancel/result.ts';
import type { Item, Message } from './read-event.ts';

/** The results of one message of an event. */
export interface MessageResults {
  /** SQS's name for the message. */
  readonly itemIdentifier: string | undefined;
  readonly entries: readonly ResultEntry[];
}

/** A result, with what only its line in the log tells. */
export interface ResultEntry {
  readonly result: CancelResult;
  readonly supersededBy: string | undefined;
  /** The trace of the event the result is about: those of one batch may be of many traces. */
  readonly traceId: string | undefined;
  readonly waitedMs: number | undefined;
  readonly cause: unknown;
}

export function resultsOf({ entries }: MessageResults): readonly CancelResult[] {
  return entries.map(({ result }) => result);
}

/** How many results had each outcome. */
export type Summary = Readonly<Partial<Record<Outcome, number>>>;

/**
 * The distinct assets that an event asks to be cancelled, each with the last moment for a call in milliseconds since the
 * epoch: of several messages that name it, the one that waits longest counts.
 */
export function ordersOf(messages: readonly Message[]): ReadonlyMap<string, number> {
  const orders = new Map<string, number>();
  for (const item of messages.flatMap(({ items }) => items)) {
    if (item.kind !== 'cancel') continue;
    const { assetId, notAfterMs = Number.POSITIVE_INFINITY } = item;
    orders.set(assetId, Math.max(notAfterMs, orders.get(assetId) ?? Number.NEGATIVE_INFINITY));
  }
  return orders;
}

/** The ids that each message asks to be cancelled. */
export function idsByMessage(messages: readonly Message[]): readonly (readonly string[])[] {
  return messages.map(({ items }) => items.flatMap((item) => (item.kind === 'cancel' ? item.assetId : [])));
}

/** How many results {@link toResults} will give. */
export function countResults(messages: readonly Message[]): number {
  return messages.reduce((count, { items }) => count + distinct(items).length, 0);
}

/**
 * Gives each item of each message its result, in order; an id met again gets the same result again.
 *
 * @param conclusions - of all ids that {@link ordersOf} found
 */
export function toResults(
  messages: readonly Message[],
  conclusions: ReadonlyMap<string, Conclusion>,
  requestId: string,
): readonly MessageResults[] {
  return messages.map(({ items, itemIdentifier }) => ({
    itemIdentifier,
    entries: distinct(items).map((item) => {
      const conclusion = conclude(item, conclusions);
      return {
        result: toCancelResult(conclusion, item.assetId, requestId),
        supersededBy: 'supersededBy' in item ? item.supersededBy : undefined,
        traceId: item.traceId,
        waitedMs: conclusion.waitedMs,
        cause: conclusion.cause,
      };
    }),
  }));
}

/** Envelopes nest, so that a message can name an asset in several places; it gets one result there. */
function distinct(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter(({ kind, assetId }) => {
    if (kind !== 'cancel' && kind !== 'decided') return true;
    const first = !seen.has(assetId);
    seen.add(assetId);
    return first;
  });
}

function conclude(item: Item, conclusions: ReadonlyMap<string, Conclusion>): Conclusion {
  switch (item.kind) {
    case 'ignored':
      return { reason: 'ignored', attempts: 0, detail: item.detail };
    case 'decided':
    case 'failed':
      return item.conclusion;
    case 'cancel':
      return conclusions.get(item.assetId) ?? concludeError(new TypeError('an asset was not cancelled'));
  }
}

export function summarise(results: readonly CancelResult[]): Summary {
  const summary: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of results) summary[outcome] = (summary[outcome] ?? 0) + 1;
  return summary;
}

/** Those for whose sake the platform should keep the event. */
export function unfinished(results: readonly CancelResult[]): readonly CancelResult[] {
  return results.filter(({ outcome }) => !isDone(outcome));
}
