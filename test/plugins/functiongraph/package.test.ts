import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../../../plugins/functiongraph/archive.mjs';
import { runBuild } from '../../../plugins/functiongraph/bundle.mjs';
import { writePackage } from '../../../plugins/functiongraph/state.mjs';
import { CREDENTIALS, GUARD, Service } from './helpers/cli.ts';
import { harness, readSample, type Sample } from './helpers/host.ts';

const ARTIFACTS = ['events.zip', 'functiongraph-state.json', 'web.zip'];

describe('osls package', () => {
  let service: Service;
  let other: Service;
  let sample: Sample;

  beforeAll(async () => {
    [service, other] = [await Service.create(), await Service.create()];
    sample = await readSample(service);
  });

  afterAll(async () => {
    await service.remove();
    await other.remove();
  });

  it('makes the same bytes in two folders, without credentials or network, well within 20 s', async () => {
    const started = performance.now();
    for (const one of [service, other]) {
      const { status, stdout, stderr } = await one.run('package');
      expect(status, stdout + stderr).toBe(0);
      expect(stderr).not.toContain('OUTSIDE CALL');
    }
    expect(performance.now() - started).toBeLessThan(2 * 20_000);
    expect(await readdir(service.path('.serverless'))).toEqual(ARTIFACTS);
    for (const name of ARTIFACTS)
      expect(await service.read(`.serverless/${name}`)).toEqual(await other.read(`.serverless/${name}`));
  });

  it('would have been stopped by a call to anywhere outside', async () => {
    await service.edit('build.mjs', ['console.log(', "await fetch('http://192.0.2.1/');\nconsole.log("]);
    const { status, stderr } = await promisify(execFile)(process.execPath, [
      '--import',
      GUARD,
      service.path('build.mjs'),
    ])
      .then(() => ({ status: 0, stderr: '' }))
      .catch((error: { code: number; stderr: string }) => ({ status: error.code, stderr: error.stderr }));
    expect(status).toBe(97);
    expect(stderr).toContain('OUTSIDE CALL to 192.0.2.1');
    await service.edit('build.mjs', ["await fetch('http://192.0.2.1/');\n", '']);
  });

  it('puts into the zip what the function names, and nothing else of its folder', async () => {
    const expected = new Map<string, Buffer>();
    for (const name of ['index.js', 'index.js.map', 'data/words.txt'])
      expected.set(name, await service.read(`bundles/web/${name}`));
    expect(await service.read('.serverless/web.zip')).toEqual(zip(expected));
    const events = new Map([['index.js', await service.read('bundles/events/index.js')]]);
    expect(await service.read('.serverless/events.zip')).toEqual(zip(events));
  });

  it('writes the body of every call, and no secret, into the state file', async () => {
    const state = await service.read('.serverless/functiongraph-state.json');
    expect(state.toString()).not.toContain('not-a-real');
    expect(JSON.parse(state.toString())).toMatchObject({
      service: 'sample',
      region: 'cn-north-4',
      functions: {
        web: {
          create: {
            func_name: 'sample-test-web',
            package: 'samples',
            code_type: 'zip',
            encrypted_user_data: '<hidden>',
          },
          maxInstances: { max_instance_num: 2 },
          asyncConfig: null,
          triggers: [
            {
              trigger_type_code: 'APIG',
              event_data: { path: '/things/{thing_id}', auth: 'APP', func_info: { timeout: 25_000 } },
            },
            { trigger_type_code: 'DEDICATEDGATEWAY', event_data: { auth: 'NONE', name: 'API_sample_test_web' } },
          ],
        },
        events: {
          config: { xrole: 'sample-shared', app_xrole: 'sample-events', runtime: 'Node.js20.15' },
          asyncConfig: { max_async_retry_attempts: 3, max_async_event_age_in_seconds: 7200 },
        },
      },
    });
  });

  it('names the function whose bundle is missing', async () => {
    await service.edit('serverless.yml', ['bundle: bundles/web', 'bundle: bundles/nowhere']);
    const { status, stdout } = await service.run('package');
    expect(status).toBe(1);
    expect(stdout).toContain("at 'functions.web.bundle': cannot read index.js (ENOENT); build the project first");
  });

  describe('the build command', () => {
    const build = (command: string | string[]) => {
      const made = harness(service, { ...sample, custom: { functiongraph: { build: command } } });
      return runBuild(made.host);
    };

    it('is not given to a shell', async () => {
      await build('node build.mjs ; touch owned && $(touch owned)');
      expect(await readdir(service.folder)).not.toContain('owned');
    });

    it('gets the environment, but no key to the cloud', async () => {
      const code = 'const e = process.env; process.exit("PATH" in e && !("HUAWEICLOUD_SDK_AK" in e) ? 0 : 1)';
      await writeFile(service.path('environment.mjs'), code);
      service.env = { ...CREDENTIALS };
      await expect(build('node environment.mjs')).resolves.toBeUndefined();
      service.env = {};
    });

    it('may be a list, whose words hold spaces', async () => {
      await writeFile(service.path('check.mjs'), 'process.exit(process.argv[2] === "a b" ? 0 : 1)');
      await expect(build(['node', 'check.mjs', 'a b'])).resolves.toBeUndefined();
    });

    it.each([
      ['node check.mjs', 'The build failed (1): node check.mjs'],
      ['no-such-command-anywhere', 'The build failed (spawn no-such-command-anywhere ENOENT)'],
    ])('stops everything when it fails: %s', async (command, message) => {
      await expect(build(command)).rejects.toThrow(message);
    });
  });

  it('packs a function without a build command as its folder is', async () => {
    const { host } = harness(other, { ...sample, custom: {} });
    await runBuild(host);
    expect([...(await writePackage(host)).keys()]).toEqual(['web', 'events']);
  });
});
