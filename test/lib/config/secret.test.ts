import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSecretKey, renewSecretKey, withTimeout } from '../../../lib/config/secret.ts';
import { type Misstep, type SecretsExtension, startSecretsExtension } from '../../helpers/secrets-extension.ts';

const TOKEN = 'not-a-real-session-token';
const KEY = { ak: 'NOT-A-REAL-AK', sk: 'not-a-real-sk' };
const OTHER_KEY = { ...KEY, ak: 'NOT-A-REAL-AK-2' };
const PORT = 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT';
const TIMEOUT_MS = 2_000;
const MINUTE_MS = 60_000;

let extension: SecretsExtension;
/** A new one for each test: keys are cached by the id of their secret for as long as the process lives. */
let secretId = 'tests/0';
let tests = 0;

const read = () => readSecretKey(secretId, TIMEOUT_MS);

const renew = (refusal: object, refused = KEY) => renewSecretKey(secretId, refused, refusal, TIMEOUT_MS);

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

  it('is not given to a caller with another session token', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'another');
    await expect(read()).rejects.toMatchObject({ code: 'CONFIG', reason: 'config_unavailable' });
    expect(extension.reads).toEqual([]);
  });

  it('is read once by calls at the same time, and again after five minutes or when the clock was set back', async () => {
    await Promise.all([read(), read(), read()]);
    vi.advanceTimersByTime(5 * MINUTE_MS - 1);
    await read();
    expect(extension.reads).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await read();
    expect(extension.reads).toHaveLength(2);
    vi.setSystemTime(Date.now() - 60 * MINUTE_MS);
    await Promise.all([read(), read()]);
    expect(extension.reads).toHaveLength(3);
  });

  it('is not waited for longer than the caller can, and the others get it all the same', async () => {
    extension.delayMs = 300;
    const [patient, hasty, patientToo] = await Promise.allSettled([read(), withTimeout(50, read()), read()]);
    expect(hasty).toMatchObject({ status: 'rejected', reason: { code: 'CONFIG', reason: 'config_unavailable' } });
    expect([patient, patientToo]).toMatchObject([{ value: KEY }, { value: KEY }]);
    expect(extension.reads).toHaveLength(1);
  });

  it('is read again after a refusal, past the cache of the extension, and then as before', async () => {
    await read();
    extension.secret = JSON.stringify(OTHER_KEY);
    await expect(renew({})).resolves.toEqual(OTHER_KEY);
    await expect(read()).resolves.toEqual(OTHER_KEY);
    vi.advanceTimersByTime(5 * MINUTE_MS);
    await read();
    expect(extension.reads.map(({ refreshNow }) => refreshNow)).toEqual([null, 'true', null]);
  });

  it('is read again once for each refusal, by all who wait for it together', async () => {
    await read();
    const refusal = {};
    expect(await Promise.all([renew(refusal), renew(refusal), renew(refusal)])).toEqual([KEY, KEY, KEY]);
    await renew(refusal);
    expect(extension.reads).toHaveLength(2);
    await renew({});
    expect(extension.reads).toHaveLength(3);
  });

  it('is not read again for an old key where another is known already', async () => {
    await read();
    extension.secret = JSON.stringify(OTHER_KEY);
    await renew({});
    await expect(renew({})).resolves.toEqual(OTHER_KEY);
    expect(extension.reads).toHaveLength(2);
  });

  it('is read by one call at a time', async () => {
    await read();
    extension.delayMs = 100;
    vi.advanceTimersByTime(5 * MINUTE_MS);
    await Promise.all([read(), renew({}), renew({})]);
    expect(extension.reads.map(({ refreshNow }) => refreshNow)).toEqual([null, null, 'true']);
    expect(extension.mostAtOnce).toBe(1);
  });

  it('stays as it was where the second read fails, and that read is not made again for the same refusal', async () => {
    await read();
    const { secret } = extension;
    extension.secret = undefined;
    const refusal = {};
    await expect(renew(refusal)).rejects.toMatchObject({ reason: 'config_unavailable' });
    extension.secret = secret;
    await expect(renew(refusal)).rejects.toMatchObject({ reason: 'config_unavailable' });
    await expect(read()).resolves.toEqual(KEY);
    // Twice for the one that failed.
    expect(extension.reads).toHaveLength(3);
  });

  it.each<Misstep>(['status 400', 'status 500', 'hang up'])(
    'is asked for once more where the extension does not answer well: %s',
    async (misstep) => {
      extension.missteps.push(misstep);
      await expect(read()).resolves.toEqual(KEY);
      expect(extension.reads).toHaveLength(2);
    },
  );

  it('is asked for twice at most', async () => {
    extension.missteps.push('status 400', 'hang up');
    await expect(read()).rejects.toMatchObject({ code: 'CONFIG', reason: 'config_unavailable' });
    expect(extension.reads).toHaveLength(2);
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

it.each(['0', '65536', '99999', '123456', '-1', '1e3', ' 2773', 'http'])(
  'the port %s of the extension is a CONFIG failure',
  async (port) => {
    vi.stubEnv(PORT, port);
    await expect(read()).rejects.toThrow('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT must be the number of a port');
    expect(extension.reads).toEqual([]);
  },
);

it.each(['1', '65535'])('the port %s of the extension is tried', async (port) => {
  vi.stubEnv(PORT, port);
  await expect(read()).rejects.toMatchObject({ reason: 'config_unavailable' });
});

it.each([undefined, ''])('the port of the extension is 2773 if the setting is %j', async (port) => {
  vi.stubEnv(PORT, port);
  const hosts = new Set<unknown>();
  const note = (message: unknown): unknown =>
    hosts.add((message as { readonly request: ClientRequest }).request.getHeader('host'));
  subscribe('http.client.request.start', note);
  await Promise.allSettled([read()]);
  unsubscribe('http.client.request.start', note);
  expect([...hosts]).toEqual(['localhost:2773']);
});
