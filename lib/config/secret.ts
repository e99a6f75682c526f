import { Failure } from '../cancel/failure.ts';
import { text } from '../host/context.ts';
import { parseObject } from '../json.ts';
import type { Credentials } from '../vod/credentials.ts';
import { send, type WireAnswer, type WireRequest } from '../vod/transport.ts';
import { checked } from './key.ts';
import { configFailure } from './settings.ts';

/** How long a secret is used before it is read again. */
const FRESH_MS = 5 * 60_000;

/** The extension answers 400 while it starts, so the second question comes a little later. */
const ASK_AGAIN_MS = 100;

/** What a secret held when it was read, by its id. */
const known = new Map<string, { readonly readAt: number; readonly key: Credentials }>();

/** The reads that are under way, by the id of the secret: one at a time. */
const reading = new Map<string, Promise<Credentials>>();

/** One read for each refusal of a key. It is forgotten with the refusal. */
const renewals = new WeakMap<object, Promise<Credentials>>();

/**
 * Reads a key from AWS Secrets Manager through the AWS Parameters and Secrets extension, a server on loopback. Reads at
 * the same time share one call. A key is kept for five minutes.
 *
 * @param timeoutMs - for one call to the extension, in milliseconds
 * @throws Failure - `CONFIG`: retryable where the extension did not answer or refused, else the secret is malformed
 */
export async function readSecretKey(secretId: string, timeoutMs: number): Promise<Credentials> {
  const last = known.get(secretId);
  if (last !== undefined && Date.now() - last.readAt < FRESH_MS) return last.key;
  return readOnce(secretId, timeoutMs);
}

/**
 * Finds the key that has taken the place of a refused one. The secret is read past the extension's own cache, once for
 * each refusal, and not at all where this process has read another key meanwhile.
 *
 * @param refusal - the refusal that started the pause of the key
 * @param timeoutMs - for one call to the extension, in milliseconds
 * @returns the key the secret holds now, which may be the refused one
 * @throws Failure - `CONFIG`, as {@link readSecretKey}
 */
export function renewSecretKey(
  secretId: string,
  refused: Credentials,
  refusal: object,
  timeoutMs: number,
): Promise<Credentials> {
  const renewal = renewals.get(refusal) ?? replace(secretId, refused, timeoutMs);
  renewals.set(refusal, renewal);
  return renewal;
}

async function replace(secretId: string, refused: Credentials, timeoutMs: number): Promise<Credentials> {
  await reading.get(secretId)?.catch(() => undefined);
  const key = known.get(secretId)?.key;
  return key === undefined || isSameKey(key, refused) ? readOnce(secretId, timeoutMs, 'past the cache') : key;
}

const isSameKey = (one: Credentials, other: Credentials): boolean =>
  one.ak === other.ak && one.sk === other.sk && one.securityToken === other.securityToken;

/** Starts a read or joins the one that is under way. What was known stays known where the read fails. */
function readOnce(secretId: string, timeoutMs: number, refresh?: 'past the cache'): Promise<Credentials> {
  const underWay = reading.get(secretId);
  if (underWay !== undefined) return underWay;
  const readAt = Date.now();
  const read = fetchKey(secretId, timeoutMs, refresh !== undefined)
    .then((key) => {
      known.set(secretId, { readAt, key });
      return key;
    })
    .finally(() => reading.delete(secretId));
  reading.set(secretId, read);
  return read;
}

/** Waits for a read that other callers may wait for too. @throws Failure - `CONFIG`, retryable, when time is up */
export async function within<Value>(maxWaitMs: number, value: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable()), maxWaitMs);
  });
  return Promise.race([value, tooLate]).finally(() => clearTimeout(timer));
}

async function fetchKey(secretId: string, timeoutMs: number, refresh: boolean): Promise<Credentials> {
  const origin = `http://localhost:${extensionPort()}`;
  const query = new URLSearchParams({ secretId, ...(refresh && { refreshNow: 'true' }) });
  const headers = { 'x-aws-parameters-secrets-token': process.env['AWS_SESSION_TOKEN'] ?? '' };
  const path = `/secretsmanager/get?${query.toString()}`;
  const { body } = await askTwice({ method: 'GET', origin, path, headers }, timeoutMs);
  return checked(keyIn(body), 'VOD_CREDENTIALS_SECRET: ');
}

/** An extension that does not answer well is asked once more. */
async function askTwice(request: WireRequest, timeoutMs: number): Promise<WireAnswer> {
  const ask = async (): Promise<WireAnswer> => {
    const answer = await send(request, timeoutMs);
    if (answer.status !== 200) throw unavailable();
    return answer;
  };
  try {
    return await ask();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    return ask().catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }
}

/** The extension answers with JSON that holds the secret as text, which is JSON again. */
function keyIn(body: string | undefined): Credentials {
  const secretText = parseObject(body)?.['SecretString'];
  const secret = typeof secretText === 'string' ? parseObject(secretText) : undefined;
  const [ak, sk] = [text(secret?.['ak']), text(secret?.['sk'])];
  const token = secret?.['security_token'] ?? '';
  if (ak === undefined || sk === undefined || typeof token !== 'string') throw malformed();
  return { ak, sk, ...(token !== '' && { securityToken: token }) };
}

/** The extension's own setting and default. */
function extensionPort(): string {
  const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || '2773';
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return port;
  throw configFailure(['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT must be the number of a port']);
}

const malformed = (): Failure =>
  configFailure(['VOD_CREDENTIALS_SECRET must name a secret with "ak" and "sk" as JSON text']);

const unavailable = (cause?: unknown): Failure =>
  new Failure('config_unavailable', {
    detail: 'The secret that VOD_CREDENTIALS_SECRET names could not be read just now; VOD was not called.',
    cause,
  });
