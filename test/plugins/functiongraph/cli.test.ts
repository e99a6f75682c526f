import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS, type Run, Service } from './helpers/cli.ts';
import { KEYS, PROJECT_ID, StandIn } from './helpers/stand-in.ts';

/** The real CLI, one service and one platform, from the first deployment to the removal: each test begins where the one before ended. */
describe('osls deploy and remove', () => {
  const standIn = new StandIn();
  let service: Service;

  const run = async (...args: string[]): Promise<Run & { calls: string[] }> => {
    standIn.calls.length = 0;
    const result = await service.run(...args);
    return { ...result, calls: standIn.take() };
  };

  const succeed = async (...args: string[]): Promise<Run & { calls: string[] }> => {
    const result = await run(...args);
    expect(result.status, result.stdout + result.stderr).toBe(0);
    return result;
  };

  beforeAll(async () => {
    service = await Service.create({ ...CREDENTIALS, SAMPLE_ENDPOINT: await standIn.start() });
  });

  afterAll(async () => {
    await standIn.stop();
    await service.remove();
  });

  it('shows everything as to be created, and creates nothing, with --dry-run', async () => {
    const { calls, stdout } = await succeed('deploy', '--dry-run');
    expect(calls).toEqual([]);
    expect(stdout).toContain('web: create\n');
    expect(stdout).toContain('events: create trigger TIMER every-hour\n');
  });

  it('creates each function with one call, then what creation cannot take', async () => {
    const { calls, stderr } = await succeed('deploy');
    expect(calls).toEqual([
      'POST web',
      'PUT web config-max-instance',
      'POST web trigger APIG',
      'POST web trigger DEDICATEDGATEWAY',
      'POST events',
      'PUT events async-invoke-config',
      'POST events trigger EVENTGRID',
      'POST events trigger SMN',
      'POST events trigger KAFKA',
      'POST events trigger RABBITMQ',
      'POST events trigger DIS',
      'POST events trigger TIMER',
      'POST events trigger TIMER',
      'POST events trigger OBS',
    ]);
    expect(stderr).toContain('14 change(s) made');
    expect(stderr).toContain('built with 0 arguments');
    const web = standIn.platform.functions.get('sample-test-web');
    expect(web?.code).toEqual(await service.read('.serverless/web.zip'));
    expect(web?.config).toMatchObject({ package: 'samples', runtime: 'Node.js22.18', memory_size: 512, timeout: 20 });
  });

  it('writes nothing when nothing changed', async () => {
    const { calls, stderr } = await succeed('deploy');
    expect(calls).toEqual([]);
    expect(stderr).toContain('No change');
  });

  it('tells what is deployed, where it is reached, and with which settings', async () => {
    const { stdout } = await succeed('info');
    expect(stdout).toContain(`web: urn:fss:cn-north-4:${PROJECT_ID}:function:samples:sample-test-web`);
    expect(stdout).toContain('  Node.js22.18, 512 MB, 20 s, code ');
    expect(stdout).toContain('  APIG /things/{thing_id} ACTIVE https://api.example.com/things/{thing_id}');
  });

  it('invokes a deployed function', async () => {
    const { stdout, calls } = await succeed('invoke', '-f', 'web', '-d', '{"asset_id":"1"}');
    expect(stdout).toBe('{"ok":true}\n');
    expect(calls).toEqual(['POST web invocations']);
    expect(standIn.platform.lastEvent).toEqual({ asset_id: '1' });
  });

  it('invokes a function here, with the platform’s context and nothing of the network', async () => {
    const { stdout, calls } = await succeed('invoke', 'local', '-f', 'web', '-d', '{"a":1}', '--env', 'GREETING=hi');
    expect(JSON.parse(stdout)).toEqual({
      greeting: 'hi',
      level: 'info',
      key: 'not-a-real-key',
      initialized: true,
      timely: true,
      event: { a: 1 },
    });
    expect(calls).toEqual([]);
  });

  it('prints the log', async () => {
    standIn.platform.logLines.push('first line', 'second line');
    expect((await succeed('logs', '-f', 'events', '--startTime', '1h')).stdout).toBe('first line\nsecond line\n');
  });

  it('changes one setting with one call', async () => {
    await service.edit('serverless.yml', ['memorySize: 512', 'memorySize: 768']);
    const { calls, stderr } = await succeed('deploy');
    expect(calls).toEqual(['PUT web config']);
    expect(stderr).toContain('memory_size: 512 -> 768');
  });

  it('removes a trigger that serverless.yml no longer has, and no other', async () => {
    await service.edit('serverless.yml', [
      '      - timer:\n          name: at-night\n          cron: 0 0 3 * * *\n',
      '',
    ]);
    expect((await succeed('deploy', '--dry-run')).stdout).toBe('events: delete trigger TIMER at-night\n');
    expect((await succeed('deploy')).calls).toEqual(['DELETE events trigger TIMER']);
  });

  it('stops at the first error with the code and message of the API, and finishes when run again', async () => {
    standIn.platform.functions.delete('sample-test-events');
    standIn.failures.set('POST events trigger DIS', {
      status: 400,
      body: { error_code: 'FSS.1113', error_msg: 'The DIS stream does not exist' },
    });
    const broken = await run('deploy');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('FSS.1113: The DIS stream does not exist');
    expect(broken.stdout).toContain('6 change(s) made before; deploy again to finish');
    expect(broken.stdout + broken.stderr).not.toMatch(/\n\s+at /);
    expect(broken.calls.at(-1)).toBe('POST events trigger DIS');
    const finished = await succeed('deploy');
    expect(finished.calls).toEqual(['POST events trigger DIS', 'POST events trigger TIMER', 'POST events trigger OBS']);
  });

  it('shows what a refused signature is answered with, and no credential', async () => {
    service.env = { ...service.env, HUAWEICLOUD_SDK_SK: 'another-secret-key' };
    const { status, stdout, stderr, calls } = await run('deploy');
    service.env = { ...service.env, ...CREDENTIALS };
    expect(status).toBe(1);
    expect(calls).toEqual([]);
    expect(stdout).toContain('APIGW.0301: Incorrect IAM authentication information: wrong signature');
    const printed = stdout + stderr;
    for (const secret of [KEYS.ak, KEYS.securityToken, 'another-secret-key']) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/Signature=[0-9a-f]{8}/);
    expect(printed).not.toMatch(/\n\s+at /);
  });

  it('removes triggers and functions, and is content when they are gone', async () => {
    const { calls, stderr } = await succeed('remove');
    expect(stderr).toContain('web: removed');
    expect(calls.filter((call) => /^DELETE \w+$/.test(call))).toEqual(['DELETE web', 'DELETE events']);
    expect(calls).toHaveLength(2 + 2 + 7);
    expect(standIn.platform.functions.size).toBe(0);
    expect((await succeed('remove')).calls).toEqual([]);
  });
});
