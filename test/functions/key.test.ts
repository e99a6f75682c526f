import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorAnswer } from '../../local/vod/answers.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { send } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { type SecretsExtension, startSecretsExtension } from '../helpers/secrets-extension.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { startVod } from '../helpers/vod.ts';

useVirtualTime();

const UNLIMITED = { VOD_CALLS_PER_MINUTE: '1000000' } as const;
const OLD_KEY = { ak: 'AK-EXAMPLE-OLD', sk: 'SK-EXAMPLE-NOT-A-SECRET-OLD' } as const;

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

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => i.toString(16).padStart(32, '0'));

/** Lines up assets that wait. */
function waiting(count: number): readonly string[] {
  const all = ids(count);
  for (const id of all) vod.assets.put(id, { transcodeStatus: 'WAITING_TRANSCODE' });
  return all;
}

/** Codes of VOD's answers to cancels, or their status where they have none. */
const answers = () =>
  vod.calls.filter(({ operation }) => operation === 'cancel').map(({ code, status }) => code ?? status);

/** The result of each line that tells of one. */
const results = () => lines.records().filter((line) => 'outcome' in line);

const codeOf = (result: Record<string, unknown>) => (result['error'] as { code: string } | undefined)?.code;

describe('a refused key', () => {
  it('makes no call for those who wait for a slot of the pace', async () => {
    const asset_ids = waiting(40);
    const refusedAt: number[] = [];
    vod.inject(send({ status: 204 }), { times: 20 });
    vod.inject(
      (exchange) => {
        refusedAt.push(performance.now());
        exchange.send(errorAnswer(401, 'APIGW.0301'));
      },
      { times: 40 },
    );
    // A new process makes four calls a second, so at each moment nine or ten wait for a slot.
    const settings = settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '100' });
    const context = functionGraphContext({ settings, remainingMs: 60_000 });
    await expect(freshBundle('cancel-superseded').handler({ asset_ids }, context)).rejects.toMatchObject({
      name: 'CancelIncompleteError',
    });
    // Those that were on the wire together are refused together.
    const [first = Number.NaN] = refusedAt;
    expect(refusedAt.filter((at) => at > first + 2_000)).toEqual([]);
    expect(results().map(codeOf)).toContain('CREDENTIALS_REFUSED_RECENTLY');
  });

  it('makes no call as long as it pauses, however many other keys are refused after it', async () => {
    const { handler } = freshBundle('cancel-http');
    const contexts = Array.from({ length: 70 }, (_, i) =>
      functionGraphContext({
        settings: settingsFor(vod.origin, { ...UNLIMITED, HUAWEICLOUD_SDK_AK: `${OLD_KEY.ak}-${i}` }),
        remainingMs: 60_000,
      }),
    );
    const statusesOf = async () => {
      const responses = (await Promise.all(contexts.map((one) => handler(apigEvent(), one)))) as {
        statusCode: number;
      }[];
      return [...new Set(responses.map(({ statusCode }) => statusCode))];
    };
    expect(await statusesOf()).toEqual([502]);
    expect(await statusesOf()).toEqual([503]);
    expect(answers()).toHaveLength(70);
  });
});

describe('a key that VOD has not accepted yet', () => {
  let server: Server;
  let underWay = 0;
  let mostAtOnce = 0;
  let answer: { readonly status: number; readonly body: string };

  beforeEach(async () => {
    underWay = 0;
    mostAtOnce = 0;
    server = createServer((_request, response) => {
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.writeHead(answer.status).end(answer.body);
      }, 20);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it.each([
    [500, ''],
    [429, '{"error_code":"APIGW.0308"}'],
    [403, '<html>'],
  ])('is used by one call at a time, also after %i with %j, which says nothing of it', async (status, body) => {
    answer = { status, body };
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = settingsFor(origin, { ...UNLIMITED, VOD_MAX_ATTEMPTS: '1' });
    const context = functionGraphContext({ settings, remainingMs: 60_000 });
    await freshBundle('cancel-superseded')
      .handler({ asset_ids: ids(5) }, context)
      .catch(() => undefined);
    expect(mostAtOnce).toBe(1);
  });
});

describe('a key in a secret', () => {
  let extension: SecretsExtension;

  beforeEach(async () => {
    extension = await startSecretsExtension('not-a-real-session-token', JSON.stringify(OLD_KEY));
    const { HUAWEICLOUD_SDK_AK: _ak, HUAWEICLOUD_SDK_SK: _sk, ...settings } = settingsFor(vod.origin, UNLIMITED);
    const env = {
      ...settings,
      VOD_CREDENTIALS_SECRET: 'tests/key',
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
      AWS_SESSION_TOKEN: 'not-a-real-session-token',
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  });

  afterEach(() => extension.close());

  const patient = () => lambdaContext({ remainingMs: 60_000 });
  const rotate = () => {
    extension.secret = JSON.stringify({ ak: KEY.ak, sk: KEY.sk });
  };
  const refreshes = () => extension.reads.map(({ refreshNow }) => refreshNow);

  it('that was rotated is replaced within the cancel that finds out', async () => {
    vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
    const { handler } = freshBundle('cancel-http');
    // The key that the process has read is the old one.
    vod.inject(send(errorAnswer(403, 'VOD.10074')));
    await handler(apigEvent(), patient());
    rotate();
    const response = (await handler(apigEvent(), patient())) as { statusCode: number; body: string };
    expect([response.statusCode, JSON.parse(response.body)]).toMatchObject([
      200,
      { outcome: 'cancelled', attempts: 2 },
    ]);
    expect(refreshes()).toEqual([null, 'true']);
  });

  it('that was rotated is replaced once for a whole batch, which has one refusal', async () => {
    const asset_ids = waiting(10);
    const { handler } = freshBundle('cancel-superseded');
    vod.inject(async (exchange) => {
      // By now the process has read the old key.
      rotate();
      exchange.send(await exchange.proceed());
    });
    expect(await handler({ asset_ids }, patient())).toMatchObject({ summary: { cancelled: 10 } });
    expect(answers().filter((code) => code === 'APIGW.0301')).toHaveLength(1);
    expect(refreshes()).toEqual([null, 'true']);
  });

  it('that is refused and was not rotated is read once for each pause', async () => {
    const { handler } = freshBundle('cancel-http');
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push(((await handler(apigEvent(), patient())) as { statusCode: number }).statusCode);
    }
    expect([statuses, answers(), refreshes()]).toEqual([[502, 503, 503], ['APIGW.0301'], [null, 'true']]);
  });

  it('is there for the first cancel though the extension is still starting', async () => {
    vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
    rotate();
    extension.missteps.push('status 400');
    expect(await freshBundle('cancel-http').handler(apigEvent(), patient())).toMatchObject({ statusCode: 200 });
  });
});
