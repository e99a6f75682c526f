import type { Host } from '../host/types.ts';
import { chooseKey, chooseProjectId, type KeyChoice } from './key.ts';
import { readSettings, type Settings } from './settings.ts';

/** Everything that a deployment configures. */
export interface Configuration {
  readonly settings: Settings;
  readonly projectId: string;
  readonly key: KeyChoice;
}

/**
 * Reads the configuration from its host.
 *
 * @throws Failure - `CONFIG`, with the names of what is missing or malformed
 */
export function configure(host: Host): Configuration {
  return {
    settings: readSettings(host.settingSources),
    projectId: chooseProjectId(host),
    key: chooseKey(host),
  };
}
