import type { Conclusion } from './conclusion.ts';
import { concludeError } from './failure.ts';

interface BatchContext {
  /** Cancels in flight at once. */
  readonly concurrency: number;
  /** Returns a number from 0 to 1, excluding 1. */
  readonly random: () => number;
  readonly cancel: (assetId: string) => Promise<Conclusion>;
}

/**
 * Cancels each of the assets once, one id of each message in turn, so that a message with thousands of ids does not
 * block the other messages. The messages and their ids are shuffled, so that redeliveries of a batch that was too long
 * for one invocation make progress and do not begin with the same ids again.
 *
 * @param messages - the ids of each message; several messages may have the same id
 * @returns a conclusion for every id. It never rejects: a bug in one cancel does not stop the others
 */
export async function cancelEach(
  messages: readonly (readonly string[])[],
  { concurrency, random, cancel }: BatchContext,
): Promise<ReadonlyMap<string, Conclusion>> {
  const order = inTurn(messages, random);
  const queue = order.values();
  const conclusions = new Map<string, Conclusion>();
  const worker = async (): Promise<void> => {
    for (const id of queue) conclusions.set(id, await cancel(id).catch(concludeError));
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, order.size) }, worker));
  return conclusions;
}

function inTurn(messages: readonly (readonly string[])[], random: () => number): ReadonlySet<string> {
  const order = new Set<string>();
  let waiting = shuffled(messages, random).map((ids) => shuffled(ids, random));
  while (waiting.length > 0) {
    for (const ids of waiting) {
      let id = ids.pop();
      // An id that another message has named already does not use up the turn of this message.
      while (id !== undefined && order.has(id)) id = ids.pop();
      if (id !== undefined) order.add(id);
    }
    waiting = waiting.filter((ids) => ids.length > 0);
  }
  return order;
}

/**
 * The shuffle of Fisher and Yates, in Durstenfeld's form (Knuth, The Art of Computer Programming, algorithm 3.4.2P).
 */
function shuffled<Type>(values: readonly Type[], random: () => number): Type[] {
  const list = [...values];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as Type, list[i] as Type];
  }
  return list;
}
