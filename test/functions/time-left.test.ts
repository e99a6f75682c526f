import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { type SecretsExtension, startSecretsExtension } from '../helpers/secrets-extension.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';

useVirtualTime();

const vod = await startVod();
let lines: ConsoleLines;

beforeEach(() => {
  lines = captureConsole();
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('whatever the host says of the time left', () => {
  let extension: SecretsExtension;
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => warnings.push(name);

  beforeEach(async () => {
    extension = await startSecretsExtension('not-a-real-session-token', JSON.stringify({ ak: KEY.ak, sk: KEY.sk }));
    warnings.length = 0;
    process.on('warning', onWarning);
  });

  afterEach(async () => {
    process.off('warning', onWarning);
    await extension.close();
  });

  /** Lambda with its key in a secret, and FunctionGraph; two cancels each, one of which waits for the other's key. */
  async function statusesOf(remaining: unknown): Promise<readonly number[]> {
    const { HUAWEICLOUD_SDK_AK: _ak, HUAWEICLOUD_SDK_SK: _sk, ...rest } = settingsFor(vod.origin);
    const env = {
      ...rest,
      VOD_CREDENTIALS_SECRET: 'tests/key',
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
      AWS_SESSION_TOKEN: 'not-a-real-session-token',
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const contexts = [
      { awsRequestId: 'r', getRemainingTimeInMillis: () => remaining },
      {
        ...functionGraphContext({ settings: settingsFor(vod.origin) }),
        getRemainingTimeInMilliSeconds: () => remaining,
      },
    ];
    const statuses = contexts.map(async (context) => {
      const { handler } = freshBundle('cancel-http');
      const responses = await Promise.all([handler(apigEvent(), context), handler(apigEvent(), context)]);
      return responses.map((response) => (response as { statusCode: number }).statusCode);
    });
    return (await Promise.all(statuses)).flat();
  }

  it.each([1e12, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN, '3000', null, undefined, {}])(
    '%s is time enough, and no timer overflows',
    async (remaining) => {
      expect([...new Set(await statusesOf(remaining))].sort((a, b) => a - b)).toEqual([200, 409]);
      expect(warnings).toEqual([]);
    },
  );

  it.each([0, -0.5, -1e12])('%s is no time for a call', async (remaining) => {
    const statuses = new Set(await statusesOf(remaining));
    expect(vod.calls).toEqual([]);
    // Lambda's secret cannot be read in no time either.
    expect([...statuses].sort((a, b) => a - b)).toEqual([500, 504]);
    expect(warnings).toEqual([]);
  });
});

describe('an event of 9,900 ignored messages and one order', () => {
  const event = {
    Records: Array.from({ length: 9_901 }, (_, i) => ({
      messageId: `m-${i}`,
      eventSource: 'aws:sqs',
      body: JSON.stringify({ asset_id: ASSET_ID, ...(i > 0 && { event_type: 'another type' }) }),
    })),
  };
  const contextWith = (remainingMs: number, reserveMs: number) => {
    const settings = settingsFor(vod.origin, {
      VOD_DEADLINE_RESERVE_MS: String(reserveMs),
      VOD_ATTEMPT_TIMEOUT_MS: '60000',
      VOD_MAX_ATTEMPTS: '1',
    });
    return { ...functionGraphContext({ settings }), getRemainingTimeInMilliSeconds: () => remainingMs };
  };

  it('gives its call no time that a busy process needs for its report', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const reply = await freshBundle('cancel-superseded').handler(event, contextWith(60_000, 300));
    expect(reply).toMatchObject({ summary: { ignored: 9_900, cancelled: 1 } });
    const callMs = Math.max(...timers.mock.calls.map(([, ms = 0]) => ms));
    // Each result takes 0.4 ms on a machine that has six times as much to do as it has cores.
    expect(callMs + 9_901 * 0.4).toBeLessThan(60_000 - 300);
  });

  it('makes its call in half of the time, even if its report could need more than the rest', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const reply = await freshBundle('cancel-superseded').handler(event, contextWith(9_000, 300));
    expect(reply).toMatchObject({ summary: { ignored: 9_900, cancelled: 1 } });
    expect(Math.max(...timers.mock.calls.map(([, ms = 0]) => ms))).toBeLessThan(4_500 - 300);
  });

  it('makes no call in the reserve', async () => {
    const reply = await freshBundle('cancel-superseded').handler(event, contextWith(4_000, 2_000));
    expect(reply).toMatchObject({ summary: { ignored: 9_900, failed: 1 } });
    expect(vod.calls).toEqual([]);
    expect(lines.records().find(({ outcome }) => outcome === 'failed')).toMatchObject({ error: { code: 'DEADLINE' } });
  });
});
