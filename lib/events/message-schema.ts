import * as v from 'valibot';
import { parseTimestamp } from './timestamp.ts';

const AssetIdSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(256),
  v.description(
    'The id of the asset whose queued transcode must be cancelled: 32 lower-case hexadecimal digits, unless the function is configured for other ids.',
  ),
);

/**
 * The message as a publisher should send it. Other members are allowed and not read. The schema is documentation and
 * not part of the bundle: `readMessage` checks each id separately, but a schema would refuse the whole message.
 */
export const SupersededMessageSchema = v.pipe(
  v.looseObject({
    asset_id: v.optional(AssetIdSchema),
    asset_ids: v.optional(
      v.pipe(
        v.array(AssetIdSchema),
        v.minLength(1),
        v.maxLength(10_000),
        v.description('The ids of several assets. If asset_id is also given, its asset is cancelled too.'),
      ),
    ),
    not_after: v.optional(
      v.pipe(
        v.string(),
        v.check((text) => parseTimestamp(text) !== undefined, 'must be a time of RFC 3339'),
        v.metadata({ format: 'date-time' }),
        v.description(
          'The time after which the message is ignored (RFC 3339). It prevents that a late delivery or a replay cancels a transcode that was queued again later.',
        ),
      ),
    ),
    superseded_by: v.optional(
      v.pipe(v.string(), v.description('The id of the asset that replaces this one. It is only logged.')),
    ),
    event_type: v.optional(
      v.pipe(
        v.string(),
        v.description(
          'For topics that also carry other messages: a message is ignored if its event_type is not in SUPERSEDED_EVENT_TYPES.',
        ),
      ),
    ),
  }),
  v.check((message) => message.asset_id !== undefined || message.asset_ids !== undefined, 'must name an asset'),
  v.metadata({ anyOf: [{ required: ['asset_id'] }, { required: ['asset_ids'] }] }),
  v.title('Superseded message'),
  v.description('Says that an asset has been superseded. If its transcode is still queued, it is cancelled.'),
);
