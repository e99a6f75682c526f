import { type Conclusion, toCancelResult } from '../cancel/conclusion.ts';
import { concludeError } from '../cancel/failure.ts';
import { isDone, type Outcome } from '../cancel/outcome.ts';
import type { CancelResult } from '../cancel/result.ts';
import type { Item, Message } from './read-event.ts';

/** The results of one message of an event. */
export interface MessageResults {
  /** SQS's id of the message. */
  readonly itemIdentifier: string | undefined;
  readonly entries: readonly ResultEntry[];
}

/** A result, and what only its log line contains. */
interface ResultEntry {
  readonly result: CancelResult;
  readonly supersededBy: string | undefined;
  /** The trace of the result. The messages of one batch may have different traces. */
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
 * Returns the distinct assets to cancel, each with the last moment for a call in milliseconds since the epoch. If
 * several messages name an asset, the latest moment counts.
 */
export function notAfterByAsset(messages: readonly Message[]): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const item of messages.flatMap(({ items }) => items)) {
    if (item.kind !== 'cancel') continue;
    const { assetId, notAfterMs = Number.POSITIVE_INFINITY } = item;
    latest.set(assetId, Math.max(notAfterMs, latest.get(assetId) ?? Number.NEGATIVE_INFINITY));
  }
  return latest;
}

/** Returns the ids to cancel of each message. */
export function idsByMessage(messages: readonly Message[]): readonly (readonly string[])[] {
  return messages.map(({ items }) => items.flatMap((item) => (item.kind === 'cancel' ? item.assetId : [])));
}

/** Returns the number of messages, and how many of their items are of each kind. */
export function countItems(messages: readonly Message[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { messages: messages.length };
  for (const { kind } of messages.flatMap(({ items }) => items)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Returns how many results {@link toResults} will have. */
export function countResults(messages: readonly Message[]): number {
  return messages.reduce((count, { items }) => count + distinct(items).length, 0);
}

/**
 * Returns the results of all items, in order. If an id appears in several messages, each gets the same result.
 *
 * @param conclusions - the conclusions of all ids in {@link notAfterByAsset}
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

/** Removes repeated ids. Nested envelopes can name an asset several times, but a message has one result for it. */
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

/** Returns the results that are not done: they are why the platform should keep the event. */
export function unfinished(results: readonly CancelResult[]): readonly CancelResult[] {
  return results.filter(({ outcome }) => !isDone(outcome));
}
