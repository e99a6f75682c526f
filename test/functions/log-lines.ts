import { afterEach, beforeEach, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { startVod } from '../helpers/vod.ts';

/** The log lines of the built functions, called at the level `debug` or by the test file itself, with a stand-in of VOD in which one asset waits. */
export async function useLogLines() {
  const vod = await startVod();
  let lines: ConsoleLines;

  beforeEach(() => {
    vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
    lines = captureConsole();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  const cancel = (settings: Readonly<Record<string, string>> = {}, event: unknown = apigEvent()) =>
    freshBundle('cancel-http').handler(
      event,
      functionGraphContext({ settings: settingsFor(vod.origin, { LOG_LEVEL: 'debug', ...settings }) }),
    );

  const cancelSuperseded = (event: unknown, settings: Readonly<Record<string, string>> = {}) =>
    freshBundle('cancel-superseded').handler(
      event,
      functionGraphContext({ settings: settingsFor(vod.origin, { LOG_LEVEL: 'debug', ...settings }) }),
    );

  const debugLines = () => lines.records().filter(({ level }) => level === 'DEBUG');

  return { vod, lines: () => lines, cancel, cancelSuperseded, debugLines };
}
