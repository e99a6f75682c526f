import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configure } from '../../lib/config/configure.ts';
import { beginInvocation } from '../../lib/host/invocation.ts';
import { initializer } from '../../lib/initialise.ts';
import { processLimits } from '../../lib/limits/process-limits.ts';
import { openCancel, openVod } from '../../lib/open-cancel.ts';
import { prepare, type Step } from '../../lib/prepare.ts';
import { functionGraphContext, lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { startSecretsExtension } from '../helpers/secrets-extension.ts';

const SETTINGS = settingsFor('https://vod.invalid');

afterEach(() => {
  vi.useRealTimers();
});

const stepFor = (context: unknown): Step => ({ event: {}, context, response: null, error: null, internal: {} });

describe('the first step', () => {
  it('finds the invocation and the configuration', () => {
    const step = stepFor(functionGraphContext({ settings: SETTINGS, requestId: 'r-1' }));
    prepare(step);
    expect(step.internal.invocation).toMatchObject({ requestId: 'r-1', host: { name: 'functiongraph' } });
    expect(step.internal.configuration).toMatchObject({ settings: { endpoint: 'https://vod.invalid' } });
  });

  it('leaves the invocation if the configuration is malformed', () => {
    const step = stepFor(functionGraphContext({ requestId: 'r-1' }));
    expect(() => prepare(step)).toThrow(expect.objectContaining({ code: 'CONFIG' }));
    expect(step.internal.invocation).toMatchObject({ requestId: 'r-1' });
    expect(step.internal.configuration).toBeUndefined();
  });
});

describe('an invocation', () => {
  it('is a cold start once in a process, has an id, and counts its time', async () => {
    vi.resetModules();
    const { beginInvocation: begin } = await import('../../lib/host/invocation.ts');
    vi.useFakeTimers({ toFake: ['hrtime'] });
    const [first, second] = [begin(undefined), begin({ awsRequestId: 'r-2' })];
    expect([first.coldStart, second.coldStart]).toEqual([true, false]);
    expect(first.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(second.requestId).toBe('r-2');
    vi.advanceTimersByTime(1_500);
    expect(first.elapsedMs()).toBe(1_500);
  });
});

describe('the initializer', () => {
  it.each([
    ['good settings', functionGraphContext({ settings: SETTINGS })],
    ['no settings', functionGraphContext()],
    ['no context', undefined],
  ])('calls back with null, with %s', (_, context) => {
    const callback = vi.fn();
    initializer(context, callback);
    expect(callback.mock.calls).toEqual([[null]]);
    expect(initializer).toHaveLength(2);
  });

  it('runs by itself on Lambda, while the module is loaded', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'f');
    vi.resetModules();
    const client = await import('../../lib/vod/client.ts');
    const warmUp = vi.spyOn(client, 'warmUpSigner').mockReturnValue();
    await import('../../lib/initialise.ts');
    expect(warmUp).toHaveBeenCalledTimes(1);
  });
});

describe('the context of a cancel', () => {
  const opened = async (remainingMs: number, results?: number) => {
    const invocation = {
      ...beginInvocation(functionGraphContext({ settings: SETTINGS, remainingMs })),
      elapsedMs: () => 0,
    };
    const host = { ...invocation.host, remainingMs };
    return openCancel({ ...invocation, host }, configure(host), results === undefined ? {} : { results });
  };

  it('has the settings, and the limits of the process', async () => {
    await expect(opened(10_000)).resolves.toMatchObject({
      attemptTimeoutMs: 3_000,
      maxAttempts: 3,
      limits: processLimits,
      random: Math.random,
      onCall: undefined,
    });
  });

  it.each([
    [undefined, 9_700],
    [1, 9_700],
    [3, 9_699],
    [10_000, 4_700.5],
  ])('keeps time to report %s results', async (results, timeLeft) => {
    const { deadline } = await opened(10_000, results);
    expect(deadline.timeLeft()).toBe(timeLeft);
  });

  it('sleeps by the timer', async () => {
    const { sleep } = await opened(10_000);
    vi.useFakeTimers();
    const slept = sleep(50);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(50);
    await expect(slept).resolves.toBeUndefined();
  });
});

describe('VOD with a key from a secret', () => {
  it('is renewed with the next key of the secret, and not at all if the secret cannot be read', async () => {
    const extension = await startSecretsExtension('token', JSON.stringify({ ak: 'A1', sk: 's' }));
    vi.stubEnv('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT', String(extension.port));
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    try {
      const access = { endpoint: 'https://vod.invalid', projectId: 'p', timeoutMs: 10_000, maxWaitMs: 10_000 };
      const keyed = await openVod({ ...access, key: { secretId: 'open-cancel' } });
      const known = await openVod({ ...access, key: { ak: 'A1', sk: 's' } });
      expect(keyed.keyId).toBe(known.keyId);
      expect(known.renew).toBeUndefined();
      extension.secret = JSON.stringify({ ak: 'A2', sk: 's' });
      const renewed = await keyed.renew?.({}, 10_000);
      expect(renewed?.keyId).toBe((await openVod({ ...access, key: { ak: 'A2', sk: 's' } })).keyId);
      extension.secret = undefined;
      await expect(renewed?.renew?.({}, 10_000)).resolves.toBeUndefined();
    } finally {
      await extension.close();
    }
  });

  it('is a CONFIG failure if the secret does not come in time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT', String((silent.address() as AddressInfo).port));
    const { host } = beginInvocation(lambdaContext());
    const key = { secretId: 'never answered' };
    const access = { endpoint: 'https://vod.invalid', projectId: 'p', key, timeoutMs: 20_000, maxWaitMs: 10 };
    await expect(openVod(access)).rejects.toMatchObject({ reason: 'config_unavailable' });
    expect(host.hasSecrets).toBe(true);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});
