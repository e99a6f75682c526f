import * as v from 'valibot';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { CancelResultSchema } from '../../lib/cancel/result-schema.ts';
import { type Bundle, freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { startVod } from '../helpers/vod.ts';

export interface Response {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * The built `cancel-http` for a test file, with a stand-in of VOD in which {@link ASSET_ID} waits. Each test gets a new
 * evaluation of the bundle. After each test the log is searched for secrets.
 */
export async function useCancelHttp() {
  const vod = await startVod();
  let bundle: Bundle;
  let lines: ConsoleLines;

  beforeEach(() => {
    bundle = freshBundle('cancel-http');
    lines = captureConsole();
    vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  });

  afterEach(() => {
    for (const secret of [KEY.sk, KEY.securityToken, 'SDK-HMAC-SHA256', KEY.ak])
      expect(lines.text()).not.toContain(secret);
    expect(() => lines.records()).not.toThrow();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const context = (more: Record<string, string> = {}, remainingMs = 10_000) =>
    functionGraphContext({ settings: settingsFor(vod.origin, { VOD_MAX_ATTEMPTS: '1', ...more }), remainingMs });

  /** Calls the built function and checks all that holds for every answer. */
  async function call(event: unknown, with_: unknown = context()) {
    const response = (await bundle.handler(event, with_)) as Response;
    const { type, title, status, ...result } = JSON.parse(response.body);
    const headers =
      response.headers ??
      Object.fromEntries(Object.entries(response.multiValueHeaders ?? {}).map(([k, [x]]) => [k, x]));
    expect(v.safeParse(CancelResultSchema, result).issues).toBeUndefined();
    expect(response.isBase64Encoded).toBe(false);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': result.request_id,
      'content-type': response.statusCode === 200 ? 'application/json; charset=utf-8' : 'application/problem+json',
    });
    if (response.statusCode === 200) expect({ type, title, status }).toEqual({});
    else {
      expect({ type, title, status }).toEqual({
        type: expect.stringMatching(/^urn:problem:vod-transcode-cancel:[a-z-]+$/),
        title: expect.any(String),
        status: response.statusCode,
      });
    }
    expect('retry-after' in headers).toBe(response.statusCode === 503);
    expect('allow' in headers).toBe(response.statusCode === 405);
    expect(lines.records()).toHaveLength(1);
    expect(lines.records()[0]).toMatchObject(result);
    return { status: response.statusCode, result, headers, response, type };
  }

  const callsOf = (operation: string): number => vod.calls.filter((made) => made.operation === operation).length;

  return {
    vod,
    context,
    call,
    cancels: () => callsOf('cancel'),
    reads: () => callsOf('list'),
    bundle: () => bundle,
    lines: () => lines,
  };
}
