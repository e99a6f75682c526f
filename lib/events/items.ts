import type { Conclusion } from '../cancel/conclusion.ts';
import { withoutCall } from '../cancel/failure.ts';
import type { ReasonWithoutCall } from '../cancel/reasons-without-call.ts';

/** The part of a message that leads to one result. */
export type Item = (
  | {
      readonly kind: 'cancel';
      readonly assetId: string;
      readonly supersededBy?: string;
      /** The last moment for a call, in milliseconds since the epoch. */
      readonly notAfterMs?: number;
    }
  | {
      /** A cancel that an earlier delivery of its message decided. */
      readonly kind: 'decided';
      readonly assetId: string;
      readonly supersededBy?: string;
      readonly conclusion: Conclusion;
    }
  | { readonly kind: 'ignored'; readonly assetId: string | null; readonly detail: string }
  | { readonly kind: 'failed'; readonly assetId: string | null; readonly conclusion: Conclusion }
) & {
  /** The trace of the outermost CloudEvent around the item. */
  readonly traceId?: string;
};

/** Why a message is ignored. */
const IGNORED = {
  other_event_type: 'The type of the event is not in SUPERSEDED_EVENT_TYPES.',
  expired: 'The not_after time of the message has passed.',
  no_key_pattern: 'Object events are ignored because ASSET_ID_KEY_PATTERN is not set.',
  not_a_creation: 'The event does not say that an object was created.',
  key_too_long: 'The key is longer than an object key can be.',
  tombstone: 'The record has no value: it deletes a key.',
  no_asset_in_key: 'The object key does not match ASSET_ID_KEY_PATTERN, so it names no asset.',
} as const satisfies Record<string, string>;

/** What can be wrong with a message. The details must not repeat anything of it. */
const FAILED = {
  no_id: ['missing_asset_id', 'The message names no asset; VOD was not called.'],
  malformed_id: ['invalid_asset_id', 'The asset id is not a valid VOD asset id; VOD was not called.'],
  malformed_list: ['invalid_body', 'asset_ids is not a list with at least one id; VOD was not called.'],
  malformed_time: ['invalid_body', 'not_after is not a time of RFC 3339; VOD was not called.'],
  malformed_json: ['invalid_body', 'The message is not well-formed JSON; VOD was not called.'],
  wrong_type: ['invalid_body', 'The message is neither an id nor a JSON object in UTF-8; VOD was not called.'],
  too_many_ids: [
    'body_too_large',
    'With this message, the event has more asset ids than are allowed; VOD was not called for this message.',
  ],
  too_many_messages: ['body_too_large', 'The event has more messages than are allowed; VOD was not called.'],
  too_long: ['body_too_large', 'The message is longer than 1 MiB; VOD was not called.'],
  aggregate: [
    'unsupported_event',
    'The record is an aggregate of the Kinesis Producer Library, so VOD was not called; switch off its aggregation.',
  ],
  too_deep: ['unsupported_event', 'The event has more nested envelopes than this function opens; VOD was not called.'],
  foreign_event: [
    'unsupported_event',
    'The message is an event of a kind that this function does not handle; VOD was not called.',
  ],
} as const satisfies Record<string, readonly [ReasonWithoutCall, detail: string]>;

/** Returns an item that is ignored. */
export function ignored(why: keyof typeof IGNORED, assetId: string | null = null): Item {
  return { kind: 'ignored', assetId, detail: IGNORED[why] };
}

/** Returns an item that fails before VOD is called. */
export function failed(why: keyof typeof FAILED, assetId: string | null = null): Item {
  const [reason, detail] = FAILED[why];
  return { kind: 'failed', assetId, conclusion: withoutCall(reason, detail) };
}

/** Returns the same items, all ignored. An error in a message for another receiver does not matter. */
export function ignoreAll(items: readonly Item[], why: keyof typeof IGNORED): readonly Item[] {
  return items.map((item) => (item.kind === 'ignored' ? item : { ...ignored(why, item.assetId), ...traceOf(item) }));
}

function traceOf({ traceId }: Item): { readonly traceId?: string } {
  return traceId === undefined ? {} : { traceId };
}
