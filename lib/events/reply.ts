import { Failure } from '../cancel/failure.ts';
import type { CancelResult } from '../cancel/result.ts';
import { CancelIncompleteError } from './incomplete-error.ts';
import { type MessageResults, resultsOf, type Summary, summarise, unfinished } from './results.ts';

const NO_MESSAGE_ID = 'A record of the batch has no messageId, so its result cannot be reported.';

/** What an event function returns. */
export interface EventReply {
  /** For SQS only: the messages it should deliver again. */
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  readonly results: readonly CancelResult[];
  readonly summary: Summary;
}

/**
 * Reports the results of an event in the way that its source understands.
 *
 * @param how - `batch_item_failures` if the source can redeliver single messages, else `throw`
 * @throws CancelIncompleteError if a result is unfinished and the source only understands a throw
 * @throws Failure - `UNSUPPORTED_EVENT` if a record of SQS has no message id
 */
export function toReply(messages: readonly MessageResults[], how: 'throw' | 'batch_item_failures'): EventReply {
  const results = messages.flatMap(resultsOf);
  const open = unfinished(results);
  const summary = summarise(results);
  const canName = how === 'batch_item_failures' && messages.every(({ itemIdentifier }) => itemIdentifier !== undefined);
  if (open.length > 0 && !canName) throw CancelIncompleteError.for(open, results.length);
  if (how === 'throw') return { results, summary };
  if (!canName) throw new Failure('unsupported_event', { detail: NO_MESSAGE_ID });
  const failed = messages.filter((message) => unfinished(resultsOf(message)).length > 0);
  const identifiers = new Set(failed.flatMap(({ itemIdentifier }) => itemIdentifier ?? []));
  return {
    batchItemFailures: [...identifiers].map((itemIdentifier) => ({ itemIdentifier })),
    results,
    summary,
  };
}
