import type { CancelResult } from '../cancel/result.ts';
import { CancelIncompleteError } from './incomplete-error.ts';
import { type MessageResults, resultsOf, type Summary, summarise, unfinished } from './results.ts';

/** What an event function returns. */
export interface EventReply {
  /** For SQS only: the messages it should deliver again. */
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  readonly results: readonly CancelResult[];
  readonly summary: Summary;
}

/**
 * Reports what an event came to in the way its source understands (contract §6).
 *
 * @param how - `batch_item_failures` where the source takes back single messages, `throw` where it takes all or nothing
 * @throws CancelIncompleteError where something is not done and only a throw can say so
 */
export function toReply(messages: readonly MessageResults[], how: 'throw' | 'batch_item_failures'): EventReply {
  const results = messages.flatMap(resultsOf);
  const open = unfinished(results);
  const summary = summarise(results);
  if (how === 'throw') {
    if (open.length > 0) throw CancelIncompleteError.for(open, results.length);
    return { results, summary };
  }
  if (messages.some(({ itemIdentifier }) => itemIdentifier === undefined)) {
    if (open.length > 0) throw CancelIncompleteError.for(open, results.length);
    throw new CancelIncompleteError(
      'UNSUPPORTED_EVENT',
      'UNSUPPORTED_EVENT: a record of the batch has no messageId, so what became of it cannot be reported.',
    );
  }
  const failed = messages.filter((message) => unfinished(resultsOf(message)).length > 0);
  return {
    batchItemFailures: failed.flatMap(({ itemIdentifier }) => (itemIdentifier === undefined ? [] : { itemIdentifier })),
    results,
    summary,
  };
}
