import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorAnswer } from '../../local/vod/answers.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { ASSET_ID, KEY, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { send } from '../helpers/faults.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { type SecretsExtension, startSecretsExtension } from '../helpers/secrets-extension.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';
import { OLD_KEY, UNLIMITED, useKeys } from './keys.ts';

useVirtualTime();

const { answers, vod, waiting } = await useKeys();

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
