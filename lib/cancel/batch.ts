import type { Conclusion } from './conclusion.ts';
import { concludeError } from './failure.ts';

export interface BatchContext {
  /** Cancels in flight at once. */
  readonly concurrency: number;
  /** A number from 0 to 1, never 1. */
  readonly random: () => number;
  readonly cancel: (assetId: string) => Promise<Conclusion>;
}

/**
 * Cancels each of the assets once. The order is shuffled, so that redeliveries of a batch that was too long for one
 * invocation make progress instead of trying the same first ids again.
 *
 * @param assetIds - distinct
 * @returns a conclusion for every id; it never rejects, and a bug met with one id does not stop the others
 */
export async function cancelEach(
  assetIds: Iterable<string>,
  { concurrency, random, cancel }: BatchContext,
): Promise<ReadonlyMap<string, Conclusion>> {
  const queue = shuffled(assetIds, random);
  const conclusions = new Map<string, Conclusion>();
  const worker = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      conclusions.set(id, await cancel(id).catch(concludeError));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, worker));
  return conclusions;
}

/** The shuffle of Fisher and Yates, in Durstenfeld's form (Knuth, The Art of Computer Programming, algorithm 3.4.2P). */
function shuffled(ids: Iterable<string>, random: () => number): string[] {
  const list = [...ids];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as string, list[i] as string];
  }
  return list;
}
