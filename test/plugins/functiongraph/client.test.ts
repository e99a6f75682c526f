import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../plugins/functiongraph/api/client.mjs';
import {
  checkedEndpoint,
  functionGraphEndpoint,
  ltsEndpoint,
  readCredentials,
} from '../../../plugins/functiongraph/api/settings.mjs';
import { ApiError } from '../../../plugins/functiongraph/errors.mjs';
import type { Host } from '../../../plugins/functiongraph/types.ts';
import { refusalReason } from './helpers/authentication.ts';
import { CREDENTIALS } from './helpers/cli.ts';

describe('the API client', () => {
  const credentials = readCredentials(CREDENTIALS);
  const servers: Server[] = [];

  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const failure = async (listener: RequestListener): Promise<ApiError> => {
    const send = createClient({ endpoint: await serve(listener), credentials });
    const error = await send({ method: 'GET', path: '/v2/x', timeoutMs: 300 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    return error as ApiError;
  };

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each<[string, RequestListener, string]>([
    ['a silent server', () => {}, 'No answer: The operation was aborted due to timeout (GET /v2/x)'],
    [
      'a dripping body',
      (_, answer) => void setInterval(() => answer.write(' '), 50).unref(),
      'No answer: The operation was aborted due to timeout (GET /v2/x)',
    ],
    ['a cut connection', (request) => request.destroy(), 'No answer: other side closed (GET /v2/x)'],
    [
      'HTML',
      (_, answer) => answer.end('<html>Welcome</html>'),
      'Not an API answer: <html>Welcome</html> (GET /v2/x, HTTP 200)',
    ],
    [
      'a redirect',
      (_, answer) => answer.writeHead(302, { location: '/v2/y' }).end(),
      'Not an API answer:  (GET /v2/x, HTTP 302)',
    ],
    [
      'an IAM error',
      (_, answer) => answer.writeHead(403).end('{"error":{"code":"IAM.0001","message":"No"}}'),
      'IAM.0001: No (GET /v2/x, HTTP 403)',
    ],
    [
      'an error that is null',
      (_, answer) => answer.writeHead(500).end('null'),
      'Not an API answer: null (GET /v2/x, HTTP 500)',
    ],
  ])('says what happened: %s', async (_what, listener, message) => {
    expect((await failure(listener)).message).toBe(message);
  });

  it('says which code a refused connection ended with', async () => {
    const send = createClient({ endpoint: 'http://127.0.0.1:1', credentials });
    await expect(send({ method: 'GET', path: '/' })).rejects.toThrow(/No answer: .*(ECONNREFUSED|bad port)/);
  });
});

describe('the stand-in', () => {
  const KEYS = { ak: 'ak', sk: 'sk', securityToken: 'token' };
  const date = `${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const signed = {
    host: 'h',
    'x-sdk-date': date,
    'x-security-token': 'token',
    authorization: `SDK-HMAC-SHA256 Access=ak, SignedHeaders=host;x-sdk-date;x-security-token, Signature=${'0'.repeat(64)}`,
  };

  it.each([
    ['unknown access key', {}],
    ['unknown access key', { ...signed, authorization: signed.authorization.replace('=ak', '=other') }],
    [
      'not signed: x-security-token',
      { ...signed, authorization: signed.authorization.replace(';x-security-token', '') },
    ],
    ['wrong security token', { ...signed, 'x-security-token': 'other' }],
    ['outside the allowed time', { ...signed, 'x-sdk-date': '20200101T000000Z' }],
    ['wrong signature', signed],
  ])('refuses a call for its %s', (reason, headers) => {
    expect(refusalReason({ method: 'GET', target: '/', headers, body: '' }, KEYS)).toBe(reason);
  });
});

describe('endpoints', () => {
  const host = (provider: object, env: Host['env'] = {}): Host => ({
    service: { service: 's', functions: {}, provider: { name: 'huawei', region: 'cn-north-4', ...provider } },
    serviceDir: '.',
    options: {},
    env,
    notice: () => {},
    print: () => {},
  });

  it('are the region’s, unless the file or the environment says otherwise', () => {
    expect(functionGraphEndpoint(host({}))).toBe('https://functiongraph.cn-north-4.myhuaweicloud.com');
    expect(ltsEndpoint(host({}))).toBe('https://lts.cn-north-4.myhuaweicloud.com');
    const other = host(
      { endpoint: 'https://file.example.com' },
      { FUNCTIONGRAPH_ENDPOINT: 'https://env.example.com/' },
    );
    expect(functionGraphEndpoint(other)).toBe('https://env.example.com');
    expect(functionGraphEndpoint({ ...other, env: {} })).toBe('https://file.example.com');
  });

  it.each([
    'http://127.0.0.1:8080',
    'http://127.8.9.10',
    'http://localhost:1',
    'http://[::1]:1',
    'https://example.com:444',
  ])('may be %s', (endpoint) => {
    expect(checkedEndpoint(endpoint, 'X')).toBe(endpoint);
  });

  it.each([
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://localhost',
    'https://user:password@example.com',
    'https://example.com/path',
    'https://example.com?x',
    'example.com',
    '',
  ])('may not be %s', (endpoint) => {
    expect(() => checkedEndpoint(endpoint, 'X')).toThrow('X must be https://host');
  });

  it('takes no project id that could be a path', () => {
    const env = { ...CREDENTIALS, HUAWEICLOUD_SDK_PROJECT_ID: '../x' };
    expect(() => readCredentials(env)).toThrow('HUAWEICLOUD_SDK_PROJECT_ID is not a project id');
  });
});
