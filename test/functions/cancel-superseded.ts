import * as v from 'valibot';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { CancelResult } from '../../lib/cancel/result.ts';
import { CancelResultSchema } from '../../lib/cancel/result-schema.ts';
import { type Bundle, freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { startVod } from '../helpers/vod.ts';
import type { Wrapping } from '../helpers/wrappings/wrapping.ts';
import { WRAPPINGS } from '../helpers/wrappings.ts';

interface Reply {
  readonly results: readonly CancelResult[];
  readonly summary: Readonly<Record<string, number>>;
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

export const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];
export const withId = (asset_id: unknown, more: object = {}) => JSON.stringify({ asset_id, ...more });

export const SOURCES: readonly (readonly [string, Wrapping])[] = Object.entries(WRAPPINGS);
export const BATCHES = SOURCES.flatMap(([name, { wrapAll }]) =>
  wrapAll === undefined ? [] : [[name, wrapAll] as const],
);
export const isSqs = (name: string): boolean => name === 'sqs' || name === 'pipes-sqs';

/**
 * The built `cancel-superseded` for a test file, with a stand-in of VOD in which {@link A}, {@link B} and {@link C}
 * wait. Each test gets a new evaluation of the bundle. After each test the log is searched for secrets.
 */
export async function useCancelSuperseded() {
  const vod = await startVod();
  let bundle: Bundle;
  let lines: ConsoleLines;
  const startInstance = (): void => {
    bundle = freshBundle('cancel-superseded');
  };

  beforeEach(() => {
    startInstance();
    lines = captureConsole();
    for (const id of [A, B, C]) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
  });

  afterEach(() => {
    for (const secret of [KEY.sk, KEY.ak, 'SDK-HMAC-SHA256']) expect(lines.text()).not.toContain(secret);
    expect(() => lines.records()).not.toThrow();
    vi.restoreAllMocks();
  });

  const context = (more: Record<string, string> = {}, remainingMs = 10_000) =>
    functionGraphContext({
      settings: settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000', ...more }),
      remainingMs,
    });

  const cancelled = (): string[] =>
    vod.calls.filter(({ operation }) => operation === 'cancel').map(({ assetId }) => assetId ?? 'none');

  /** Calls the built function; what it throws is what a platform would see of it. */
  async function call(event: unknown, with_: unknown = context()) {
    try {
      const reply = (await bundle.handler(event, with_)) as Reply;
      for (const result of reply.results) expect(v.safeParse(CancelResultSchema, result).issues).toBeUndefined();
      return { reply, outcomes: reply.results.map(({ outcome }) => outcome) };
    } catch (error) {
      const { name, code, message } = error as Error & { code: string };
      expect(name).toBe('CancelIncompleteError');
      return { thrown: { code, message } };
    }
  }

  return { vod, context, cancelled, call, startInstance, bundle: () => bundle, lines: () => lines };
}
