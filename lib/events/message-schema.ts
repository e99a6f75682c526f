import * as v from 'valibot';
import { parseTimestamp } from './timestamp.ts';

const AssetIdSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(256),
  v.description(
    'The id of an asset whose queued transcode is to be cancelled. Unless the function is configured otherwise, 32 lower-case hexadecimal digits.',
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
        v.description('The ids of several assets. Together with asset_id, the union of both counts.'),
      ),
    ),
    not_after: v.optional(
      v.pipe(
        v.string(),
        v.check((text) => parseTimestamp(text) !== undefined, 'must be a time of RFC 3339'),
        v.metadata({ format: 'date-time' }),
        v.description(
          'The last moment at which the cancel still makes sense (RFC 3339). Past it the message is ignored, so that a late delivery or a replay cannot cancel what was queued again since.',
        ),
      ),
    ),
    superseded_by: v.optional(
      v.pipe(v.string(), v.description('The id of the asset that takes the place of this one. It is only logged.')),
    ),
    event_type: v.optional(
      v.pipe(
        v.string(),
        v.description(
          'For topics that carry other messages as well: one whose event_type is not among SUPERSEDED_EVENT_TYPES is ignored.',
        ),
      ),
    ),
  }),
  v.check((message) => message.asset_id !== undefined || message.asset_ids !== undefined, 'must name an asset'),
  v.metadata({ anyOf: [{ required: ['asset_id'] }, { required: ['asset_ids'] }] }),
  v.title('Superseded message'),
  v.description('Says that an asset has been superseded: if its transcode is still queued, it is to be cancelled.'),
);
