import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deploy } from '../../../plugins/functiongraph/commands/deploy.mjs';
import type { Host } from '../../../plugins/functiongraph/types.ts';
import { CREDENTIALS, Service } from './helpers/cli.ts';
import { type Harness, packaged, readSample, type Sample } from './helpers/host.ts';
import { StandIn } from './helpers/stand-in.ts';

describe('deploy', () => {
  const standIn = new StandIn();
  let service: Service;
  let sample: Sample;

  const run = (config: Sample = sample, options: Host['options'] = {}): Promise<Harness> =>
    packaged(deploy, service, config, options);

  const changed = (change: (config: Sample) => void): Sample => {
    const config = structuredClone(sample);
    change(config);
    return config;
  };

  const web = (config: Sample) => config.functions['web'] as Sample['functions'][string];
  const events = (config: Sample) => config.functions['events'] as Sample['functions'][string];

  /** Replaces the settings of the first event of this name. */
  const setEvent = (config: Sample, name: string, settings: Record<string, unknown>): void => {
    const event = events(config).events.find((candidate) => name in candidate);
    Object.assign(event?.[name] ?? {}, settings);
  };

  beforeAll(async () => {
    service = await Service.create({ ...CREDENTIALS, SAMPLE_ENDPOINT: await standIn.start() });
    sample = await readSample(service);
  });

  beforeEach(async () => {
    standIn.failures.clear();
    standIn.platform.ignoredAtCreation.clear();
    standIn.platform.functions.clear();
    await run();
    standIn.take();
  });

  afterAll(async () => {
    await standIn.stop();
    await service.remove();
  });

  it.each<[string, (config: Sample) => void, string[]]>([
    ['nothing', () => {}, []],
    ['the order of variables', (c) => (web(c).environment = { ...c.provider.environment, ...web(c).environment }), []],
    ['the order of a list', (c) => setEvent(c, 'obs', { events: ['ObjectRemoved:Delete', 'ObjectCreated'] }), []],
    ['memory', (c) => (web(c).memorySize = 768), ['PUT web config']],
    ['a variable', (c) => Object.assign(web(c).environment ?? {}, { GREETING: 'good day' }), ['PUT web config']],
    ['a removed variable', (c) => (web(c).environment = {}), ['PUT web config']],
    ['an encrypted variable', (c) => (web(c).encryptedEnvironment = { API_KEY: 'new' }), ['PUT web config']],
    ['the execution agency', (c) => (events(c).executionAgency = 'other'), ['PUT events config']],
    ['a shared setting', (c) => (c.provider.timeout = 12), ['PUT events config']],
    ['max instances', (c) => (web(c).maxInstances = 3), ['PUT web config-max-instance']],
    ['max instances, left out', (c) => delete web(c).maxInstances, []],
    ['retries', (c) => (events(c).maximumRetryAttempts = 0), ['PUT events async-invoke-config']],
    [
      'a destination gone',
      ({ functions }) => Object.assign(functions['events']?.destinations ?? {}, { onSuccess: undefined }),
      ['PUT events async-invoke-config'],
    ],
    [
      'all async settings gone',
      (c) => {
        const fn = events(c);
        delete fn.destinations;
        delete fn.maximumRetryAttempts;
        delete fn.maximumEventAge;
      },
      ['DELETE events async-invoke-config'],
    ],
    ['a timer enabled', (c) => setEvent(c, 'timer', { enabled: true }), ['PUT events trigger TIMER']],
    [
      'what is filtered',
      (c) => setEvent(c, 'eventGrid', { eventTypes: ['a'] }),
      ['DELETE events trigger EVENTGRID', 'POST events trigger EVENTGRID'],
    ],
    [
      'an optional setting gone',
      (c) => setEvent(c, 'obs', { prefix: undefined }),
      ['DELETE events trigger OBS', 'POST events trigger OBS'],
    ],
    [
      'a shared gateway for a dedicated one',
      (c) => Object.assign(web(c).events[0]?.['apig'] ?? {}, { instanceId: 'i-1' }),
      ['DELETE web trigger APIG', 'POST web trigger DEDICATEDGATEWAY'],
    ],
    [
      'settings that can be cleared, gone',
      (c) => {
        const fn = web(c);
        delete fn.description;
        delete fn.initializer;
        delete fn.encryptedEnvironment;
      },
      ['PUT web config'],
    ],
  ])('%s: writes what differs and nothing else, and is done then', async (_what, change, calls) => {
    const config = changed(change);
    const { noticed } = await run(config);
    expect(standIn.take()).toEqual(calls);
    expect(noticed.at(-1)).toBe(calls.length === 0 ? 'No change' : `${calls.length} change(s) made`);
    await run(config);
    expect(standIn.take()).toEqual([]);
  });

  it('uploads code that changed, and only that', async () => {
    await service.edit('bundles/web/index.js', ['asked to fail', 'told to fail']);
    await run();
    expect(standIn.take()).toEqual(['PUT web code']);
    expect(standIn.platform.functions.get('sample-test-web')?.code).toEqual(await service.read('.serverless/web.zip'));
  });

  it('tells which variables change, and never a value', async () => {
    const config = changed((c) => {
      web(c).environment = { GREETING: 'visible-elsewhere' };
      web(c).encryptedEnvironment = { API_KEY: 'new-secret' };
    });
    const { printed } = await run(config, { 'dry-run': true });
    expect(printed).toEqual(['web: update config\n  user_data.GREETING\n  encrypted_user_data.API_KEY']);
  });

  it('leaves triggers of types it does not know alone', async () => {
    const foreign = { trigger_id: 'lts-1', trigger_type_code: 'LTS', trigger_status: 'ACTIVE', event_data: {} };
    standIn.platform.functions.get('sample-test-web')?.triggers.push(foreign);
    await run();
    expect(standIn.take()).toEqual([]);
  });

  it('does not take a secret that the platform masks, or keeps to itself, for a change', async () => {
    const deployed = standIn.platform.functions.get('sample-test-web');
    if (deployed) deployed.config['encrypted_user_data'] = '******';
    await run();
    if (deployed) delete deployed.config['encrypted_user_data'];
    await run();
    expect(standIn.take()).toEqual([]);
  });

  it('writes all again with --force, for secrets that cannot be compared', async () => {
    await run(sample, { force: true });
    const calls = standIn.take();
    expect(calls).toContain('PUT web code');
    expect(calls).toContain('PUT web config');
    expect(calls.filter((call) => call.includes('KAFKA'))).toEqual([
      'DELETE events trigger KAFKA',
      'POST events trigger KAFKA',
    ]);
    expect(calls).not.toContain('DELETE events trigger SMN');
  });

  it('refuses to change a runtime before it has written anything', async () => {
    const config = changed((c) => {
      web(c).runtime = 'Node.js20.15';
      events(c).memorySize = 1024;
    });
    await expect(run(config)).rejects.toThrow('functions.web.runtime: FunctionGraph cannot change the runtime');
    expect(standIn.take()).toEqual([]);
  });

  it('finishes a trigger that was deleted and could not be made anew', async () => {
    const config = changed((c) => setEvent(c, 'dis', { pollingInterval: 6000 }));
    standIn.failures.set('POST events trigger DIS', {
      status: 500,
      body: { error_code: 'FSS.0500', error_msg: 'Internal error' },
    });
    await expect(run(config)).rejects.toThrow('FSS.0500: Internal error');
    standIn.take();
    await run(config);
    expect(standIn.take()).toEqual(['POST events trigger DIS']);
  });

  it('sends again what creation did not take', async () => {
    standIn.platform.functions.delete('sample-test-events');
    for (const member of ['app_xrole', 'func_vpc']) standIn.platform.ignoredAtCreation.add(member);
    await run();
    expect(standIn.take().slice(0, 3)).toEqual(['POST events', 'PUT events config', 'PUT events async-invoke-config']);
    await run();
    expect(standIn.take()).toEqual([]);
  });

  it('takes a 404 that is not FunctionGraph’s own for a wrong endpoint, not for a missing function', async () => {
    standIn.failures.set('GET web config', {
      status: 404,
      body: { error_code: 'APIGW.0101', error_msg: 'No such API' },
    });
    await expect(run()).rejects.toThrow('APIGW.0101: No such API');
    expect(standIn.take()).toEqual([]);
  });

  it('names the credentials that are missing, before any call', async () => {
    const { HUAWEICLOUD_SDK_SK: _sk, ...env } = service.env;
    const { host } = await run();
    standIn.take({ reads: true });
    await expect(deploy({ ...host, env })).rejects.toThrow('Missing in the environment: HUAWEICLOUD_SDK_SK');
    expect(standIn.take({ reads: true })).toEqual([]);
  });

  it('deploys a package made before, if it is the one the configuration describes', async () => {
    const { host } = await run();
    await run(sample, { package: 'made' });
    await deploy({ ...host, options: { package: 'made' } });
    expect(standIn.take()).toEqual([]);
    const stale = changed((c) => (web(c).memorySize = 1024));
    await expect(deploy({ ...host, service: stale, options: { package: 'made' } })).rejects.toThrow(
      'not made from the present',
    );
    await writeFile(service.path('made/web.zip'), 'something else');
    await expect(deploy({ ...host, options: { package: 'made' } })).rejects.toThrow('not made from the present');
    await mkdir(service.path('empty'));
    await expect(deploy({ ...host, options: { package: 'empty' } })).rejects.toThrow('No package in');
  });
});
