import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngine } from '../../plugins/huawei/src/engine.ts';
import { DeployCopy, type Run, switchedOn } from '../deploy/copy.ts';
import { missing } from './engine.ts';
import { type ProviderStandIn, startProvider } from './provider.ts';

/** Values of every variable that has no default. */
const VALUES = [
  'apig_instance_id',
  'alarm_user',
  'superseded_topic_urn',
  'kafka_instance_id',
  'kafka_vpc_id',
  'kafka_subnet_id',
  'kafka_user',
  'kafka_password',
];

/** What an engine says where there is no network. Any other failure is a fault of the configuration. */
const UNREACHABLE = /no such host|dial tcp|connection refused|network is unreachable|timeout/i;

const engineEnv = (copy: DeployCopy): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: copy.folder,
  CHECKPOINT_DISABLE: '1',
});

/** Runs the engine itself on the package of a copy. */
async function engine(copy: DeployCopy, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Run> {
  const cwd = join(copy.folder, '.serverless/terraform');
  const binary = await findEngine(process.env);
  return promisify(execFile)(binary, [...args, '-no-color'], { cwd, env: { ...engineEnv(copy), ...env } }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ status: code, stdout, stderr }),
  );
}

describe.runIf(missing === undefined)('the files in deploy/huawei', () => {
  it('are formatted as the engine does', async () => {
    const folder = resolve(import.meta.dirname, '../../deploy/huawei');
    const { stdout } = await promisify(execFile)(await findEngine(process.env), ['fmt', '-check', folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });
});

describe.runIf(missing === undefined)('with the provider itself', () => {
  it('the configuration is valid', async (context) => {
    const copy = await DeployCopy.create();
    try {
      expect((await copy.run('package')).status).toBe(0);
      const { status, stderr } = await engine(copy, {}, 'init', '-input=false', '-backend=false');
      if (status !== 0 && UNREACHABLE.test(stderr)) {
        console.log('The registry of providers cannot be reached: the configuration was only checked with a stand-in.');
        context.skip();
      }
      expect(status, stderr).toBe(0);
      const { stdout } = await engine(copy, {}, 'validate');
      expect(stdout).toContain('The configuration is valid');
    } finally {
      await copy.remove();
    }
  });
});

describe.runIf(missing === undefined).each([
  ['serverless.yml', (text: string) => text],
  // The state of everything is in a bucket, which is not here.
  [
    'serverless.yml with everything switched on',
    (text: string) => switchedOn(text).replace(/^ {4}backend:\n( {6}.*\n)+/m, ''),
  ],
])('with a stand-in of the cloud, %s', (_, change) => {
  let copy: DeployCopy;
  let provider: ProviderStandIn;

  const deployed = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await copy.run(...args);
    expect(status, stdout + stderr).toBe(0);
    return stdout;
  };

  beforeAll(async () => {
    copy = await DeployCopy.create();
    await copy.change('serverless.yml', (text) => `${change(text)}\n`);
    provider = await startProvider(join(copy.folder, 'provider.sock'));
    copy.env = {
      CHECKPOINT_DISABLE: '1',
      TF_REATTACH_PROVIDERS: provider.reattach,
      TF_CLI_ARGS: '-no-color',
      ...Object.fromEntries(VALUES.map((name) => [`TF_VAR_${name}`, 'x'])),
    };
  });

  afterAll(async () => {
    provider?.close();
    await copy?.remove();
  });

  it('is planned, and the plan changes nothing that is there', async () => {
    expect(await deployed('deploy', '--dry-run')).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy\./);
  });

  it('is valid', async () => {
    const env = { TF_REATTACH_PROVIDERS: provider.reattach };
    expect((await engine(copy, env, 'validate')).stdout).toContain('The configuration is valid');
  });

  it('is deployed', async () => {
    expect(await deployed('deploy')).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
    expect(await deployed('info')).toContain('urn:fss:region:project:function:default:');
  });

  it('is not touched by a second deployment', async () => {
    expect(await deployed('deploy')).toContain('Resources: 0 added, 0 changed, 0 destroyed.');
  });

  it('is changed in one place where one setting changed', async () => {
    await copy.change('serverless.yml', (text) => text.replace('memorySize: 128', 'memorySize: 512'));
    expect(await deployed('deploy', '--dry-run')).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
  });

  it('publishes its API again when the API changes', async () => {
    await copy.change('serverless.yml', (text) => text.replace('method: DELETE', 'method: POST'));
    const plan = await deployed('deploy', '--dry-run');
    expect(plan).toMatch(/huaweicloud_apig_api\.cancel-http-apig will be updated/);
    expect(plan).toMatch(/huaweicloud_apig_api_publishment\.cancel-http-apig will be updated/);
  });

  it('is removed', async () => {
    expect(await deployed('remove')).toMatch(/Destroy complete! Resources: \d+ destroyed\./);
  });
});
