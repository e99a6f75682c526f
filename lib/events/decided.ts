import { hash } from 'node:crypto';
import type { Conclusion } from '../cancel/conclusion.ts';
import type { Outcome } from '../cancel/outcome.ts';
import { REASONS } from '../cancel/reasons.ts';
import { monotonicMs } from '../time.ts';
import type { Item, Message } from './read-event.ts';

const KEPT_MS = 15 * 60_000;
const MAX_KEPT = 10_000;

/** What VOD decided. A second call could give another outcome: after a cancel, it finds nothing queued. */
const DECIDED: ReadonlySet<Outcome> = new Set(['cancelled', 'not_queued', 'not_found']);

/**
 * Remembers what VOD decided about the ids of messages that will be delivered again, because their invocation did not
 * complete. It lives as long as the process. It holds digests and no ids, so it is small and discloses nothing.
 */
export class DecidedIds {
  readonly #now: () => number;
  /** The oldest entries come first. */
  readonly #kept = new Map<string, { readonly conclusion: Conclusion; readonly untilMs: number }>();

  /** @param now - milliseconds on a clock that never goes backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns the messages. Each cancel that an earlier delivery decided is replaced by its conclusion. */
  recall(messages: readonly Message[]): readonly Message[] {
    this.#forget();
    if (this.#kept.size === 0) return messages;
    return messages.map((message) => {
      const keyOf = keysOf(message);
      return keyOf === undefined
        ? message
        : { ...message, items: message.items.map((item) => this.#known(item, keyOf)) };
    });
  }

  /**
   * Remembers the decisions of an invocation that did not complete, and what {@link recall} knew already: a message with
   * many ids takes several deliveries, and the last one still needs the decisions of the first one.
   *
   * @param messages - as {@link recall} returned them
   * @param conclusions - the conclusions of this invocation by id
   */
  keep(messages: readonly Message[], conclusions: ReadonlyMap<string, Conclusion>): void {
    for (const message of messages) {
      const keyOf = keysOf(message);
      if (keyOf === undefined) continue;
      for (const item of message.items) {
        const conclusion = item.kind === 'decided' ? item.conclusion : decidedNow(item, conclusions);
        if (item.assetId === null || conclusion === undefined) continue;
        const key = keyOf(item.assetId);
        this.#kept.delete(key);
        this.#kept.set(key, { conclusion, untilMs: this.#now() + KEPT_MS });
      }
    }
    this.#forget();
  }

  #known(item: Item, keyOf: (assetId: string) => string): Item {
    if (item.kind !== 'cancel') return item;
    const kept = this.#kept.get(keyOf(item.assetId));
    return kept === undefined ? item : { ...item, kind: 'decided', conclusion: kept.conclusion };
  }

  #forget(): void {
    for (const [key, { untilMs }] of this.#kept) {
      if (untilMs > this.#now() && this.#kept.size <= MAX_KEPT) return;
      this.#kept.delete(key);
    }
  }
}

/** @returns what VOD decided about an item in this invocation, with the sentence for a later delivery; undefined if nothing */
function decidedNow(item: Item, conclusions: ReadonlyMap<string, Conclusion>): Conclusion | undefined {
  const conclusion = item.kind === 'cancel' ? conclusions.get(item.assetId) : undefined;
  if (conclusion === undefined || !DECIDED.has(REASONS[conclusion.reason].outcome)) return undefined;
  const detail = `In an earlier delivery of this message: ${conclusion.detail ?? REASONS[conclusion.reason].detail}`;
  return { ...conclusion, attempts: 0, waitedMs: undefined, detail };
}

/** A message can have a long identity and many ids, so the identity is hashed once. */
function keysOf({ identity }: Message): ((assetId: string) => string) | undefined {
  if (identity === undefined) return undefined;
  const prefix = digest(identity);
  return (assetId) => digest(prefix + assetId);
}

const digest = (text: string): string => hash('sha256', text, 'base64');

/** The decisions that this process remembers. */
export const decidedIds = new DecidedIds(monotonicMs);
