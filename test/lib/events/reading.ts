import { readFileSync } from 'node:fs';
import { Failure } from '../../../lib/cancel/failure.ts';
import type { EventReading, EventRules, Item } from '../../../lib/events/read-event.ts';
import { readEvent } from '../../../lib/events/read-event.ts';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const PAST = '2026-03-01T11:59:59Z';
export const FUTURE = '2026-03-01T12:00:01Z';

export const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];

export const RULES: EventRules = {
  assetIdPattern: /^[0-9a-f]{32}$/,
  supersededEventTypes: ['vod.upload.superseded', 'upload.replaced'],
  assetIdKeyPattern: undefined,
  nowMs: NOW,
};

export const KEY_RULES: EventRules = { ...RULES, assetIdKeyPattern: /^superseded\/(?<asset_id>[0-9a-f]{32})$/ };

/** Any number of different ids. */
export function idsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => index.toString(16).padStart(32, '0'));
}

/** An item in a few words: what becomes of it, with its code, and the asset. */
export function brief(item: Item): string {
  const fate = item.kind === 'failed' ? (item.conclusion.error?.code ?? '') : item.kind;
  return item.assetId === null ? fate : `${fate} ${item.assetId}`;
}

/** The items of each message, in a few words. */
export function briefs({ messages }: EventReading): string[][] {
  return messages.map(({ items }) => items.map(brief));
}

/** What an event comes to: the items of each message, or what was thrown. */
export function outcomeOf(event: unknown, rules: EventRules = RULES): string[][] | string {
  try {
    return briefs(readEvent(event, rules));
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.detail}`;
    throw error;
  }
}

/** A sample of `test/events`. */
export function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));
}
