/** What the settings say about events, and the time. */
export interface EventRules {
  /** The rule an asset id must meet. */
  readonly assetIdPattern: RegExp;
  /** The event types that mean "cancel this asset's queued transcode". */
  readonly supersededEventTypes: readonly string[];
  /** With a group `asset_id`; undefined where object events are not for us. */
  readonly assetIdKeyPattern: RegExp | undefined;
  /** Epoch milliseconds, for `not_after`. */
  readonly nowMs: number;
}
