import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSecretKey, readSecretKey } from '../../../lib/vod/secret.ts';
import { type SecretsExtension, startSecretsExtension } from '../../helpers/secrets-extension.ts';

const TOKEN = 'not-a-real-session-token';
const KEY = { ak: 'NOT-A-REAL-AK', sk: 'not-a-real-sk' };
const PORT = 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT';
const TIMEOUT_MS = 2_000;
const MINUTE_MS = 60_000;

let extension: SecretsExtension;
/** A new one for each test: keys are cached by the id of their secret for as long as the process lives. */
let secretId = 'tests/0';
let tests = 0;

const read = (maxWaitMs = Number.POSITIVE_INFINITY) => readSecretKey(secretId, TIMEOUT_MS, maxWaitMs);

beforeEach(async () => {
  tests += 1;
  secretId = `tests/${tests} ?&`;
  extension = await startSecretsExtension(TOKEN, JSON.stringify(KEY));
  vi.stubEnv(PORT, String(extension.port));
  vi.stubEnv('AWS_SESSION_TOKEN', TOKEN);
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await extension.close();
});

describe('the secret that holds the key', () => {
  it('is read from the port that is set, with the session token, by its whole id', async () => {
    await expect(read()).resolves.toEqual(KEY);
    expect(extension.reads).toEqual([{ secretId, refreshNow: null }]);
  });

  it('may hold a security token, or an empty one', async () => {
    extension.secret = JSON.stringify({ ...KEY, security_token: 'not-a-real-token' });
    await expect(read()).resolves.toEqual({ ...KEY, securityToken: 'not-a-real-token' });
    for (const none of ['', null]) {
      secretId += ' none';
      extension.secret = JSON.stringify({ ...KEY, security_token: none });
      await expect(read()).resolves.toEqual(KEY);
    }
  });

  it('is not given to whoever has another session token', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'another');
    await expect(read()).rejects.toMatchObject({ code: 'CONFIG', reason: 'config_unavailable' });
    expect(extension.reads).toEqual([]);
  });

  it('is read once by calls at the same time, and again after five minutes', async () => {
    await Promise.all([read(), read(), read()]);
    vi.advanceTimersByTime(5 * MINUTE_MS - 1);
    await read();
    expect(extension.reads).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await read();
    expect(extension.reads).toHaveLength(2);
  });

  it('is not waited for longer than the caller can, and the others get it all the same', async () => {
    extension.delayMs = 300;
    const [patient, hasty, patientToo] = await Promise.allSettled([read(), read(50), read()]);
    expect(hasty).toMatchObject({ status: 'rejected', reason: { code: 'CONFIG', reason: 'config_unavailable' } });
    expect([patient, patientToo]).toMatchObject([{ value: KEY }, { value: KEY }]);
    expect(extension.reads).toHaveLength(1);
  });

  it('is read again after a refusal, past the cache of the extension, and then as before', async () => {
    await read();
    extension.secret = JSON.stringify({ ...KEY, ak: 'NOT-A-REAL-AK-2' });
    forgetSecretKey(secretId);
    await expect(read()).resolves.toEqual({ ...KEY, ak: 'NOT-A-REAL-AK-2' });
    vi.advanceTimersByTime(5 * MINUTE_MS);
    await read();
    expect(extension.reads.map(({ refreshNow }) => refreshNow)).toEqual([null, 'true', null]);
  });

  it.each([
    ['not reached', async () => extension.close()],
    ['not allowed', async () => Object.assign(extension, { secret: undefined })],
  ])('is a retryable CONFIG failure where it is %s, which is not kept', async (_, spoil) => {
    await spoil();
    const failure = await read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'CONFIG', reason: 'config_unavailable' });
    extension = await startSecretsExtension(TOKEN, JSON.stringify(KEY));
    vi.stubEnv(PORT, String(extension.port));
    await expect(read()).resolves.toEqual(KEY);
  });

  it.each([
    ['no JSON', { secret: 'AK=1' }],
    ['no AK', { secret: JSON.stringify({ sk: KEY.sk }) }],
    ['an empty SK', { secret: JSON.stringify({ ...KEY, sk: '' }) }],
    ['a security token that is no text', { secret: JSON.stringify({ ...KEY, security_token: 7 }) }],
    ['a line break in the AK', { secret: JSON.stringify({ ...KEY, ak: 'NOT-A-REAL-AK\n' }) }],
    ['an answer without a secret', { body: '{}' }],
    ['an answer that is no JSON', { body: '<html>' }],
  ])('is a CONFIG failure that needs somebody where it holds %s, and says nothing of it', async (_, spoiled) => {
    Object.assign(extension, spoiled);
    const failure = await read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'CONFIG', reason: 'config' });
    expect(JSON.stringify([failure, String((failure as Error).stack)])).not.toMatch(/NOT-A-REAL|not-a-real/);
  });
});
