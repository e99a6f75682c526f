import type { Host } from './host/host.ts';
import { readSettings, type Settings } from './settings.ts';
import { chooseKey, chooseProjectId, type KeyChoice } from './vod/credentials.ts';

/** All that the function is told by its deployment. */
export interface Configuration {
  readonly settings: Settings;
  readonly projectId: string;
  readonly key: KeyChoice;
}

/**
 * Reads everything the host is configured with.
 *
 * @throws Failure - `CONFIG`, naming what is missing or malformed
 */
export function configure(host: Host): Configuration {
  return {
    settings: readSettings(host.settingSources),
    projectId: chooseProjectId(host),
    key: chooseKey(host),
  };
}
