/** The rules for events, from the settings and the clock. */
export interface EventRules {
  /** The pattern that an asset id must match. */
  readonly assetIdPattern: RegExp;
  /** The event types that mean "cancel this asset's queued transcode". */
  readonly supersededEventTypes: readonly string[];
  /** It has a group `asset_id`; undefined if object events are ignored. */
  readonly assetIdKeyPattern: RegExp | undefined;
  /** Epoch milliseconds, for `not_after`. */
  readonly nowMs: number;
}
