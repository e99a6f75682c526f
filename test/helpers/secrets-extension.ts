import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One read of a secret, as the extension saw it. */
export interface SecretRead {
  readonly secretId: string | null;
  readonly refreshNow: string | null;
}

/** What an extension does that is still starting, or that breaks off. */
export type Misstep = 'status 400' | 'status 500' | 'hang up';

export interface SecretsExtension {
  readonly port: number;
  readonly reads: readonly SecretRead[];
  /**
   * The secret. The extension sees a change only if it is told to read past its cache. If undefined, it answers 400.
   */
  secret: string | undefined;
  /** How long the extension takes for an answer, in milliseconds. */
  delayMs: number;
  /** The body of the answer, in place of the one that holds the secret. */
  body: string | undefined;
  /** What the next reads meet, in order, in place of an answer. */
  readonly missteps: Misstep[];
  /** The most reads that were under way at the same time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/**
 * A stand-in of the AWS Parameters and Secrets Lambda Extension on a loopback port: it answers only at its own path, and
 * only with the token that Lambda gave the function.
 */
export async function startSecretsExtension(token: string, secret: string): Promise<SecretsExtension> {
  const reads: SecretRead[] = [];
  const cache = new Map<string | null, string | undefined>();
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'GET' || pathname !== '/secretsmanager/get') return response.writeHead(404).end();
    if (request.headers['x-aws-parameters-secrets-token'] !== token) return response.writeHead(401).end();
    const secretId = searchParams.get('secretId');
    reads.push({ secretId, refreshNow: searchParams.get('refreshNow') });
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.once('close', () => (underWay -= 1));
    const misstep = extension.missteps.shift();
    if (misstep === 'hang up') return request.socket.destroy();
    if (misstep !== undefined) return response.writeHead(Number(misstep.slice('status '.length))).end();
    if (searchParams.has('refreshNow') || !cache.has(secretId)) cache.set(secretId, extension.secret);
    const held = cache.get(secretId);
    setTimeout(() => {
      if (extension.body !== undefined) return response.end(extension.body);
      if (held === undefined) return response.writeHead(400).end();
      return response.end(JSON.stringify({ Name: secretId, SecretString: held }));
    }, extension.delayMs);
    return undefined;
  });
  // By its name, as the function calls it: it may be ::1 or 127.0.0.1.
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const extension: SecretsExtension = {
    port: (server.address() as AddressInfo).port,
    reads,
    secret,
    delayMs: 0,
    body: undefined,
    missteps: [],
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return extension;
}
