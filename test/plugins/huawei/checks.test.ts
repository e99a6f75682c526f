import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { serviceProblems } from '../../../plugins/huawei/src/checks.ts';
import { SCHEMAS } from '../../../plugins/huawei/src/schema.ts';
import { APIG, sample } from './sample.ts';

describe('a service', () => {
  const problems = (...args: Parameters<typeof sample>) => serviceProblems(sample(...args)).join('\n');

  it('without a fault has no problem', () => {
    expect(problems({ environment: { LOG_LEVEL: 'info', KEY_PATTERN: 'x', MAX_TOKENS: '1' } })).toBe('');
  });

  it.each([56, 57])('may have a function with a name of %d characters, if Cloud Eye can watch it', (length) => {
    const problem = `is over 56 characters: Cloud Eye cannot watch it`;
    expect(problems({ name: 'n'.repeat(length) }).includes(problem)).toBe(length > 56);
  });

  it.each(['1work', 'work-', 'wörk', 'w'])('may not have a function with the name %s', (name) => {
    expect(problems({ name })).toContain(`at 'functions.work.name': "${name}" is not a valid name`);
  });

  it.each([
    'HUAWEICLOUD_SDK_AK',
    'HUAWEICLOUD_SDK_SK',
    'HUAWEICLOUD_SDK_SECURITY_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'secret',
  ])('may not have the secret %s under environment', (name) => {
    const problem = (owner: string) => `at '${owner}.environment.${name}': a secret is not allowed here`;
    expect(problems({ environment: { [name]: 'x' } })).toContain(problem('functions.work'));
    expect(problems({}, { environment: { [name]: 'x' } })).toContain(problem('provider'));
  });

  it('may have 4,096 characters of variables', () => {
    const room = 4096 - '{"A":""}'.length;
    expect(problems({ environment: { A: 'x'.repeat(room) } })).toBe('');
    expect(problems({ environment: { A: 'x'.repeat(room + 1) } })).toBe(
      "at 'functions.work.environment': 4097 characters are over 4096",
    );
  });

  it('may have 20 variables', () => {
    const environment = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`A${index}`, '']));
    expect(problems({ environment })).toBe("at 'functions.work.environment': 21 variables are over 20");
  });
});

describe('the schema', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const { function: functionSchema, functionEvents, provider } = SCHEMAS.provider;
  const faults = (schema: object, value: unknown): string[] => {
    const validate = ajv.compile(schema);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
    );
  };
  const FUNCTION = { handler: 'index.handler', bundle: 'dist/work', timeout: 10 };
  const event = (kind: string) => functionEvents[kind] ?? {};

  it('takes a function of three keys', () => {
    expect(faults(functionSchema, FUNCTION)).toEqual([]);
  });

  it.each([
    [{ memorySizes: 128 }, 'must NOT have additional properties'],
    [{ memorySize: 200 }, 'must be equal to one of the allowed values'],
    [{ memorySize: '256' }, 'must be equal to one of the allowed values'],
    [{ runtime: 'Node.js8.10' }, 'must be equal to one of the allowed values'],
    [{ timeout: 2 }, 'must be >= 3'],
    [{ timeout: 259_201 }, 'must be <= 259200'],
    [{ timeout: '10' }, 'must be integer'],
    [{ maxInstances: 1.5 }, 'must be integer'],
    [{ maxInstances: 1001 }, 'must be <= 1000'],
    [{ handler: 'index' }, 'must match pattern'],
    [{ handler: 'a.b.c' }, 'must match pattern'],
    [{ bundle: '../elsewhere' }, 'must match pattern'],
    [{ include: ['/etc/passwd'] }, 'must match pattern'],
    [{ environment: { RUNTIME_CPU: '1' } }, 'property name must be valid'],
    [{ environment: { A: 1 } }, 'must be string'],
    [{ initializer: { handler: 'index.initializer', timeout: 301 } }, 'must be <= 300'],
    [{ asynchronous: { retries: 4, eventAge: 1, failedTopicUrn: 'u' } }, 'must be <= 3'],
    [{ asynchronous: { retries: 3, eventAge: 86_401, failedTopicUrn: 'u' } }, 'must be <= 86400'],
    [{ logs: { group: 'functions', stream: 'work' } }, 'must match pattern'],
    [{ vpc: { vpcId: 'v' } }, "must have required property 'subnetId'"],
  ])('refuses %j in a function', (change, expected) => {
    expect(faults(functionSchema, { ...FUNCTION, ...change }).join('\n')).toContain(expected);
  });

  it.each(['region', 'runtime', 'memorySize', 'agency'])('refuses a provider without %s', (key) => {
    const given = { region: 'cn-north-4', runtime: 'Node.js20.15', memorySize: 128, agency: 'a' };
    expect(faults(provider, given)).toEqual([]);
    expect(faults(provider, { ...given, [key]: undefined }).join()).toContain(`required property '${key}'`);
  });

  it('refuses an API without auth, and one that is open to everybody', () => {
    expect(faults(event('apig'), APIG)).toEqual([]);
    expect(faults(event('apig'), { ...APIG, auth: undefined }).join()).toContain("required property 'auth'");
    expect(faults(event('apig'), { ...APIG, auth: 'NONE' }).join()).toContain('one of the allowed values');
  });

  it('refuses a password of Kafka that is not a variable', () => {
    const kafka = { instanceId: 'i', topicIds: ['t'], batchSize: 5 };
    const withPassword = (password: string) => faults(event('kafka'), { ...kafka, sasl: { user: 'u', password } });
    expect(withPassword('${var.kafka_password}')).toEqual([]);
    expect(withPassword('not-a-real-password').join()).toContain('must match pattern');
  });
});
