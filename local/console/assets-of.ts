import { readSettings } from '../../lib/config/settings.ts';
import { type EventRules, readEvent } from '../../lib/events/read-event.ts';
import type { SettingSource } from '../../lib/host/types.ts';
import { readAssetIds } from '../../lib/http/asset-ids.ts';
import { recogniseEnvelope } from '../../lib/http/envelope.ts';

/** How a function reads events, whenever that is. */
export type AssetRules = Omit<EventRules, 'nowMs'>;

/**
 * Reads the settings that say how events are read.
 *
 * @param sources - the first that has a setting wins
 * @returns undefined if the settings are wrong: then the functions read no event
 */
export function assetRules(sources: readonly SettingSource[]): AssetRules | undefined {
  try {
    const settings = readSettings(sources);
    return {
      assetIdPattern: settings.VOD_ASSET_ID_PATTERN,
      supersededEventTypes: settings.SUPERSEDED_EVENT_TYPES,
      assetIdKeyPattern: settings.ASSET_ID_KEY_PATTERN,
    };
  } catch {
    return undefined;
  }
}

/** The ids of the assets that an event names, each once, as the function reads them. */
export function assetsOf(event: unknown, rules: AssetRules | undefined): readonly string[] {
  if (rules === undefined) return [];
  try {
    return [...new Set(idsIn(event, { ...rules, nowMs: Date.now() }))];
  } catch {
    // The function reports what is wrong with the event.
    return [];
  }
}

function idsIn(event: unknown, rules: EventRules): readonly string[] {
  const request = recogniseEnvelope(event);
  if (request !== undefined) {
    return readAssetIds(request)
      .filter((id) => typeof id === 'string')
      .filter((id) => rules.assetIdPattern.test(id));
  }
  return readEvent(event, rules).messages.flatMap(({ items }) => items.flatMap(({ assetId }) => assetId ?? []));
}
