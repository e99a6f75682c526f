import { Failure } from '../cancel/failure.ts';
import { nonEmptyText } from '../host/context.ts';
import { parseObject } from '../json.ts';
import { type Credentials, keyIdOf } from '../vod/credentials.ts';
import { send, type WireAnswer, type WireRequest } from '../vod/transport.ts';
import { checked } from './key.ts';
import { configFailure } from './settings.ts';

/** A secret is read again after this time. */
const FRESH_MS = 5 * 60_000;

/** The extension answers 400 while it starts, so the retry comes a little later. */
const RETRY_DELAY_MS = 100;

/** The last key of each secret, by the id of the secret. */
const cache = new Map<string, { readonly readAt: number; readonly key: Credentials }>();

/** The reads in progress, by the id of the secret: one at a time. */
const pendingReads = new Map<string, Promise<Credentials>>();

/** One read for each refusal of a key. The entry goes away with the refusal. */
const renewals = new WeakMap<object, Promise<Credentials>>();

/**
 * Reads a key from AWS Secrets Manager through the AWS Parameters and Secrets extension, a server on loopback. Reads at
 * the same time share one call. A key is kept for five minutes.
 *
 * @param timeoutMs - for one call to the extension, in milliseconds
 * @throws Failure - `CONFIG`; it is retryable if the extension did not answer or refused, and final if the secret is malformed
 */
export async function readSecretKey(secretId: string, timeoutMs: number): Promise<Credentials> {
  const last = cache.get(secretId);
  // The age is negative after the clock was set back. Nothing is known of the true age then.
  const ageMs = Date.now() - (last?.readAt ?? 0);
  if (last !== undefined && ageMs >= 0 && ageMs < FRESH_MS) return last.key;
  return readOnce(secretId, timeoutMs);
}

/**
 * Finds the key that replaced a refused one. The read bypasses the cache of the extension. It happens once for each
 * refusal, and not at all if this process has read another key meanwhile.
 *
 * @param refusal - the refusal that started the pause of the key
 * @param timeoutMs - for one call to the extension, in milliseconds
 * @returns the current key of the secret, which may be the refused one
 * @throws Failure - `CONFIG`, as in {@link readSecretKey}
 */
export function renewSecretKey(
  secretId: string,
  refused: Credentials,
  refusal: object,
  timeoutMs: number,
): Promise<Credentials> {
  const renewal = renewals.get(refusal) ?? readSuccessor(secretId, refused, timeoutMs);
  renewals.set(refusal, renewal);
  return renewal;
}

async function readSuccessor(secretId: string, refused: Credentials, timeoutMs: number): Promise<Credentials> {
  await pendingReads.get(secretId)?.catch(() => undefined);
  const key = cache.get(secretId)?.key;
  return key === undefined || keyIdOf(key) === keyIdOf(refused) ? readOnce(secretId, timeoutMs, 'past the cache') : key;
}

/** Starts a read, or joins the one in progress. If the read fails, the last key stays in the cache. */
function readOnce(secretId: string, timeoutMs: number, refresh?: 'past the cache'): Promise<Credentials> {
  const underWay = pendingReads.get(secretId);
  if (underWay !== undefined) return underWay;
  const readAt = Date.now();
  const read = fetchKey(secretId, timeoutMs, refresh !== undefined)
    .then((key) => {
      cache.set(secretId, { readAt, key });
      return key;
    })
    .finally(() => pendingReads.delete(secretId));
  pendingReads.set(secretId, read);
  return read;
}

/** Waits for a read that other callers may share. @throws Failure - `CONFIG`, retryable, when the time is up */
export async function withTimeout<Value>(maxWaitMs: number, value: Promise<Value>): Promise<Value> {
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
  const { body } = await readWithRetry({ method: 'GET', origin, path, headers }, timeoutMs);
  return checked(keyIn(body), 'VOD_CREDENTIALS_SECRET: ');
}

/** If the extension does not answer with 200, the request is made once more. */
async function readWithRetry(request: WireRequest, timeoutMs: number): Promise<WireAnswer> {
  const ask = async (): Promise<WireAnswer> => {
    const answer = await send(request, timeoutMs);
    if (answer.status !== 200) throw unavailable();
    return answer;
  };
  try {
    return await ask();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
    return ask().catch(() => {
      throw unavailable();
    });
  }
}

/** The extension answers with JSON. The secret in it is text, which is also JSON. */
function keyIn(body: string | undefined): Credentials {
  const secretText = parseObject(body)?.['SecretString'];
  const secret = typeof secretText === 'string' ? parseObject(secretText) : undefined;
  const [ak, sk] = [nonEmptyText(secret?.['ak']), nonEmptyText(secret?.['sk'])];
  const token = secret?.['security_token'] ?? '';
  if (ak === undefined || sk === undefined || typeof token !== 'string') throw malformed();
  return { ak, sk, ...(token !== '' && { securityToken: token }) };
}

/** The extension's own setting, and its default. */
function extensionPort(): string {
  const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || '2773';
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return port;
  throw configFailure(['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT must be the number of a port']);
}

const malformed = (): Failure =>
  configFailure(['VOD_CREDENTIALS_SECRET must name a secret with "ak" and "sk" as JSON text']);

const unavailable = (): Failure =>
  new Failure('config_unavailable', {
    detail: 'The secret that VOD_CREDENTIALS_SECRET names could not be read at the moment; VOD was not called.',
  });
