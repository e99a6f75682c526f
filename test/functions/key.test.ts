import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorAnswer } from '../../local/vod/answers.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { functionGraphContext, settingsFor } from '../helpers/contexts.ts';
import { send } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { ids, OLD_KEY, UNLIMITED, useKeys } from './keys.ts';

useVirtualTime();

const { answers, lines, vod, waiting } = await useKeys();

/** The result of each line that tells of one. */
const results = () =>
  lines()
    .records()
    .filter((line) => 'outcome' in line);

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
