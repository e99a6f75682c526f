import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { KEY } from '../helpers/contexts.ts';
import { startVod } from '../helpers/vod.ts';

/** A pace that makes no cancel wait. */
export const UNLIMITED = { VOD_CALLS_PER_MINUTE: '1000000' } as const;
/** A key that VOD does not know. */
export const OLD_KEY = { ak: 'AK-EXAMPLE-OLD', sk: 'SK-EXAMPLE-NOT-A-SECRET-OLD' } as const;

/** So many ids of assets. */
export const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => i.toString(16).padStart(32, '0'));

/** A stand-in of VOD for a test file. It knows {@link KEY} alone. After each test the log is searched for keys. */
export async function useKeys() {
  const vod = await startVod();
  let lines: ConsoleLines;

  beforeEach(() => {
    lines = captureConsole();
  });

  afterEach(() => {
    for (const secret of [KEY.sk, KEY.ak, OLD_KEY.ak, OLD_KEY.sk]) expect(lines.text()).not.toContain(secret);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  /** Lines up assets that wait. */
  function waiting(count: number): readonly string[] {
    const all = ids(count);
    for (const id of all) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
    return all;
  }

  /** Codes of VOD's answers to cancels, or their status where they have none. */
  const answers = () =>
    vod.calls.filter(({ operation }) => operation === 'cancel').map(({ code, status }) => code ?? status);

  return { vod, lines: () => lines, waiting, answers };
}
