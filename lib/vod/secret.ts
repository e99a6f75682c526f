import { Failure } from '../cancel/failure.ts';
import { text } from '../host/context.ts';
import { parseObject } from '../json.ts';
import { configFailure } from '../settings.ts';
import { type Credentials, checked } from './credentials.ts';
import { send } from './transport.ts';

/** How long a secret is used before it is read again. */
const FRESH_MS = 5 * 60_000;

interface Entry {
  readonly readAt: number;
  readonly key: Promise<Credentials>;
}

const cache = new Map<string, Entry>();

/** Secrets whose key was refused: the next read must not be answered from the extension's own cache. */
const refused = new Set<string>();

/**
 * Reads a key from AWS Secrets Manager through the AWS Parameters and Secrets extension, a server on loopback. Reads at
 * the same time share one call, which none of them cuts short; a key is kept for five minutes.
 *
 * @param timeoutMs - for the call to the extension, in milliseconds
 * @param maxWaitMs - how long this caller can wait for it, in milliseconds
 * @throws Failure - `CONFIG`: retryable where the extension did not answer or refused, else the secret is malformed
 */
export function readSecretKey(secretId: string, timeoutMs: number, maxWaitMs: number): Promise<Credentials> {
  return within(maxWaitMs, sharedKey(secretId, timeoutMs));
}

function sharedKey(secretId: string, timeoutMs: number): Promise<Credentials> {
  const known = cache.get(secretId);
  if (known !== undefined && Date.now() - known.readAt < FRESH_MS) return known.key;
  const key = fetchKey(secretId, timeoutMs);
  const entry = { readAt: Date.now(), key };
  cache.set(secretId, entry);
  key.then(
    () => refused.delete(secretId),
    () => cache.get(secretId) === entry && cache.delete(secretId),
  );
  return key;
}

async function within<Value>(maxWaitMs: number, value: Promise<Value>): Promise<Value> {
  if (!Number.isFinite(maxWaitMs)) return value;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable()), maxWaitMs);
  });
  return Promise.race([value, tooLate]).finally(() => clearTimeout(timer));
}

/** Forgets a secret whose key VOD refused: it may have been rotated. */
export function forgetSecretKey(secretId: string): void {
  cache.delete(secretId);
  refused.add(secretId);
}

async function fetchKey(secretId: string, timeoutMs: number): Promise<Credentials> {
  const origin = `http://localhost:${extensionPort()}`;
  const query = new URLSearchParams({ secretId, ...(refused.has(secretId) && { refreshNow: 'true' }) });
  const headers = { 'x-aws-parameters-secrets-token': process.env['AWS_SESSION_TOKEN'] ?? '' };
  const path = `/secretsmanager/get?${query.toString()}`;
  const answer = await send({ method: 'GET', origin, path, headers }, timeoutMs).catch((cause: unknown) => {
    throw unavailable(cause);
  });
  if (answer.status !== 200) throw unavailable();
  return checked(keyIn(answer.body), 'VOD_CREDENTIALS_SECRET: ');
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
  new Failure('config_unavailable', 'CONFIG', {
    detail: 'The secret that VOD_CREDENTIALS_SECRET names could not be read just now; VOD was not called.',
    cause,
  });
