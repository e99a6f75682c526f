import { afterEach, describe, expect, it, vi } from 'vitest';
import { recogniseHost } from '../../../lib/host/host.ts';

afterEach(() => vi.unstubAllEnvs());

describe('FunctionGraph', () => {
  const context = {
    getRequestID: () => 'r-1',
    getRemainingTimeInMilliSeconds: () => 3000,
    getUserData: (name: string) => ({ VOD_REGION: 'cn-north-4', EMPTY: '' })[name],
    getSecurityAccessKey: () => 'AK-EXAMPLE',
    getSecuritySecretKey: () => 'SK-EXAMPLE',
    getSecurityToken: () => '',
    getProjectID: () => 'p-1',
  };

  it('is recognised by getRequestID and read by its own names', () => {
    expect(recogniseHost(context)).toMatchObject({
      name: 'functiongraph',
      requestId: 'r-1',
      remainingMs: 3000,
      agencyKey: { ak: 'AK-EXAMPLE', sk: 'SK-EXAMPLE', securityToken: undefined },
      projectId: 'p-1',
    });
  });

  it('takes a setting from the user data, then from the environment, and "" for none', () => {
    vi.stubEnv('EMPTY', 'from the environment');
    const [userData, environment] = recogniseHost(context).settingSources;
    expect(userData?.('VOD_REGION')).toBe('cn-north-4');
    expect(userData?.('EMPTY')).toBeUndefined();
    expect(environment?.('EMPTY')).toBe('from the environment');
  });

  it('takes the project from the runtime where the context has none', () => {
    vi.stubEnv('RUNTIME_PROJECT_ID', 'p-2');
    expect(recogniseHost({ getRequestID: () => 'r-1' }).projectId).toBe('p-2');
  });

  it('is called on the context, as methods that use `this` need', () => {
    class Context {
      readonly id = 'r-2';
      getRequestID(): string {
        return this.id;
      }
    }
    expect(recogniseHost(new Context()).requestId).toBe('r-2');
  });
});

describe('Lambda', () => {
  it('keeps its deadline and its secrets where its request id is unfit for a header', () => {
    const host = recogniseHost({ awsRequestId: 'a\r\nb', getRemainingTimeInMillis: () => 900 });
    expect(host).toMatchObject({ name: 'lambda', requestId: undefined, remainingMs: 900, hasSecrets: true });
  });

  it('is recognised by awsRequestId', () => {
    const host = recogniseHost({ awsRequestId: 'r-3', getRemainingTimeInMillis: () => 900 });
    expect(host).toMatchObject({ name: 'lambda', requestId: 'r-3', remainingMs: 900 });
    expect(host.projectId).toBeUndefined();
  });
});

describe('the time that a host says it leaves', () => {
  const remainingOf = (value: unknown) => [
    recogniseHost({ awsRequestId: 'r', getRemainingTimeInMillis: () => value }).remainingMs,
    recogniseHost({ getRequestID: () => 'r', getRemainingTimeInMilliSeconds: () => value }).remainingMs,
  ];

  it.each([
    [1e12, 1e12],
    [0.5, 0.5],
    [-7, 0],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['3000', undefined],
    [null, undefined],
    [undefined, undefined],
    [3_000n, undefined],
  ])('%s is read as %s', (value, ms) => {
    expect(remainingOf(value)).toEqual([ms, ms]);
  });
});

describe('anything else', () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'context'],
    ['an empty object', {}],
    ['an object that throws', hostile],
    ['a Lambda context without an id', { awsRequestId: '' }],
  ])('%s is a bare host without a deadline', (_name, context) => {
    const { name, requestId, remainingMs } = recogniseHost(context);
    expect([name, requestId, remainingMs]).toEqual(['bare', undefined, undefined]);
  });

  it('takes a promise for no answer, and does not let its rejection end the process', async () => {
    const host = recogniseHost({ getRequestID: () => Promise.reject(new Error('no')), getProjectID: async () => 'p' });
    await new Promise((resolve) => setImmediate(resolve));
    expect([host.requestId, host.projectId]).toEqual([undefined, undefined]);
  });

  it('does not take a request id that is unfit for a header', () => {
    expect(recogniseHost({ getRequestID: () => 'a\r\nb' }).requestId).toBeUndefined();
    expect(recogniseHost({ getRequestID: () => 7 }).requestId).toBeUndefined();
  });

  it('reads a FunctionGraph context whose methods throw like one without values', () => {
    const thrower = () => {
      throw new Error('no');
    };
    const host = recogniseHost({ getRequestID: thrower, getUserData: thrower, getSecurityAccessKey: thrower });
    expect(host).toMatchObject({ name: 'functiongraph', requestId: undefined, remainingMs: undefined });
    expect(host.settingSources[0]?.('VOD_REGION')).toBeUndefined();
  });
});

it.each([
  ['a'.repeat(128), 'a'.repeat(128)],
  ['a'.repeat(129), undefined],
  ['!', '!'],
  ['~', '~'],
  ['a b', undefined],
  ['a\n', undefined],
  ['', undefined],
  [7, undefined],
])('the request id %j is read as %j', (given, expected) => {
  expect(recogniseHost({ getRequestID: () => given }).requestId).toBe(expected);
});
