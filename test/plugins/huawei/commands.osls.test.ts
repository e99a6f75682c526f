import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROJECT = resolve(import.meta.dirname, '../../..');
const CLI = join(PROJECT, 'node_modules/osls/bin/serverless.js');
const GUARD = join(PROJECT, 'test/helpers/no-network.mjs');

/** Visibly fake. */
const KEYS = { HW_ACCESS_KEY: 'AK-EXAMPLE-7c1d', HW_SECRET_KEY: 'SK-EXAMPLE-NOT-A-SECRET-91b4' };

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let log: string;

/** Runs the CLI as a person would: with a PATH that holds `binaries` and node, and with keys in the environment. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const PATH = [join(folder, 'bin'), dirname(process.execPath)].join(':');
  const child = spawn(process.execPath, ['--import', GUARD, CLI, ...args], {
    cwd: folder,
    env: {
      PATH,
      HOME: folder,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_SCHEMA_CACHE_BASE_DIR: join(tmpdir(), 'osls-schema-cache'),
      ENGINE_LOG: log,
      ...KEYS,
      ...env,
    },
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name]?.on('data', (text: Buffer) => (written[name] += text));
  const ended = once(child, 'close').then(([status]: (number | null)[]) => ({ status: status ?? null, ...written }));
  return { child, ended };
}

const run = (...args: string[]): Promise<Ended> => start(args).ended;

/** Puts the engine on the PATH under a name. */
async function install(name: string): Promise<void> {
  const path = join(folder, 'bin', name);
  await copyFile(join(import.meta.dirname, 'engine.mjs'), path);
  await chmod(path, 0o755);
}

/** What the engine was called for, in order. */
async function calls(): Promise<Record<string, unknown>[]> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function change(from: string, to: string): Promise<void> {
  const path = join(folder, 'serverless.yml');
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawei-'));
  log = join(folder, 'engine.log');
  await cp(join(import.meta.dirname, 'service'), folder, { recursive: true });
  await symlink(join(PROJECT, 'plugins'), join(folder, 'plugins'));
  await mkdir(join(folder, 'bin'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('osls package', () => {
  it('makes the configuration without an engine, a value or the network, and gives no key to the build', async () => {
    const { status, stdout, stderr } = await run('package');
    expect(status, stdout + stderr).toBe(0);
    expect(stderr).toContain('built, with 0 keys');
    expect(stderr).not.toContain('OUTSIDE CALL');
    expect((await readdir(join(folder, '.serverless'))).sort()).toEqual(['rfs.zip', 'terraform', 'work.zip']);
    const names = ['main.tf.json', 'own.tf', 'terraform.tf.json'];
    expect((await readdir(join(folder, '.serverless/terraform'))).sort()).toEqual(names);
    const zip = unzipSync(await readFile(join(folder, '.serverless/work.zip')));
    expect(Object.keys(zip)).toEqual(['index.js', 'notes.txt']);
  });

  it('removes what an earlier configuration left, and keeps what the engine put there', async () => {
    await mkdir(join(folder, '.serverless/terraform/.terraform'), { recursive: true });
    await writeFile(join(folder, '.serverless/terraform/old.tf'), '');
    expect((await run('package')).status).toBe(0);
    const names = ['.terraform', 'main.tf.json', 'own.tf', 'terraform.tf.json'];
    expect((await readdir(join(folder, '.serverless/terraform'))).sort()).toEqual(names);
  });

  it('writes to the folder that --package names', async () => {
    expect((await run('package', '--package', 'out')).status).toBe(0);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['rfs.zip', 'terraform', 'work.zip']);
    expect(await readFile(join(folder, 'out/terraform/terraform.tf.json'), 'utf8')).toContain(
      '../../.huawei/test.tfstate',
    );
  });

  const refused = async (...problems: readonly string[]): Promise<void> => {
    const { status, stdout } = await run('package');
    expect(status).toBe(1);
    for (const problem of problems) expect(stdout).toContain(problem);
    expect(stdout).not.toMatch(/\n\s+at \S+ \(/);
  };

  it('refuses every key that the schema does not have, whatever the page says of validation', async () => {
    await change('agency: platform', 'agencey: platform');
    await change('timeout: 10', 'timeout: ten');
    await change('timer:', 'timmer:');
    await refused(
      "at 'provider': must have required property 'agency'",
      "at 'provider': unrecognized property 'agencey'",
      "at 'functions.work.timeout': must be integer",
      "at 'functions.work.events.0': unsupported function event",
    );
  });

  it('refuses what no schema can say', async () => {
    await change('GREETING: hello', 'API_TOKEN: hello');
    await change('service: sample', `service: ${'s'.repeat(50)}`);
    await refused("environment.API_TOKEN': a secret must not stand here", 'is over 56 characters');
  });

  it.each([
    ['- own.tf', '- other.tf', "at 'custom.huawei.terraform': cannot read other.tf"],
    ['build: node build.mjs', 'build: node --no-such-option', 'The build failed (9)'],
    ['- notes.txt', '- missing.txt', "at 'functions.work.bundle': cannot read missing.txt (ENOENT)"],
  ])('refuses "%s" written as "%s"', async (from, to, problem) => {
    await change(from, to);
    await refused(problem);
  });
});

describe('osls deploy', () => {
  const INIT = ['-input=false', '-reconfigure'];

  it('runs init and apply in the folder of the configuration, without a question', async () => {
    await install('terraform');
    const { status, stdout, stderr } = await run('deploy', '--param=needed=x');
    expect(status, stdout + stderr).toBe(0);
    const cwd = join(folder, '.serverless/terraform');
    expect(await calls()).toEqual([
      { command: 'init', args: INIT, cwd },
      { command: 'apply', args: ['-auto-approve', '-input=false', '-var=needed=x'], cwd },
    ]);
    expect(stdout).toContain('engine: init\nengine: apply\n');
    expect(stderr).toContain('engine warns: apply');
  });

  it('only plans with --dry-run', async () => {
    await install('tofu');
    expect((await run('deploy', '--dry-run', '--param=needed=x')).status).toBe(0);
    expect((await calls()).map(({ command }) => command)).toEqual(['init', 'plan']);
  });

  it('names every variable without a value before it starts the engine', async () => {
    await install('terraform');
    const { status, stdout } = await run('deploy');
    expect(status).toBe(1);
    expect(stdout).toContain('needed: What it is. Console: where it is');
    expect(stdout).not.toContain('optional:');
    expect(await calls()).toEqual([]);
  });

  it('prefers the engine that TERRAFORM_BINARY names, then tofu', async () => {
    await install('terraform');
    await install('tofu');
    await install('mine');
    const used = async (env: NodeJS.ProcessEnv): Promise<Ended> =>
      start(['deploy', '--dry-run'], { TF_VAR_needed: 'x', ...env }).ended;
    expect((await used({ TERRAFORM_BINARY: join(folder, 'bin/mine'), ENGINE_VERSION: '1.3.9' })).stdout).toContain(
      'bin/mine 1.3.9 is too old: it must be 1.4.0 or later',
    );
    expect((await used({ ENGINE_VERSION: '1.3.9' })).stdout).toContain('tofu 1.3.9 is too old');
  });

  it('takes an engine whose version is later, number by number', async () => {
    await install('terraform');
    expect((await start(['deploy'], { TF_VAR_needed: 'x', ENGINE_VERSION: '1.10.0' }).ended).status).toBe(0);
  });

  it('says in one line how to get an engine, where there is none', async () => {
    const { status, stdout } = await start(['deploy'], { TF_VAR_needed: 'x' }).ended;
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /There is no tofu and no terraform on the PATH\. Install .* upload \.serverless\/rfs\.zip .*\n/,
    );
  });

  it.each(['init', 'apply'])(
    "ends with the engine's status when %s fails, and adds nothing to its words",
    async (command) => {
      await install('terraform');
      const { status, stdout } = await start(['deploy'], { TF_VAR_needed: 'x', ENGINE_FAILS: command }).ended;
      expect(status).toBe(3);
      expect(stdout.trimEnd().endsWith(`engine: ${command}`)).toBe(true);
      expect((await calls()).at(-1)).toMatchObject({ command });
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('hands on %s once, and waits until the engine has ended', async (signal) => {
    await install('terraform');
    const { child, ended } = start(['deploy'], { TF_VAR_needed: 'x', ENGINE_WAITS: 'apply' });
    await new Promise<void>((waiting) => {
      child.stdout?.on('data', (text: Buffer) => String(text).includes('waiting') && waiting());
    });
    child.kill(signal);
    child.kill(signal);
    const { status } = await ended;
    expect(status).toBe(1);
    expect((await calls()).slice(2)).toEqual([{ signal }, { ended: 'in order' }]);
  });

  it('starts nothing more after a signal', async () => {
    await install('terraform');
    const { child, ended } = start(['deploy'], { TF_VAR_needed: 'x', ENGINE_WAITS: 'init' });
    await new Promise<void>((waiting) => {
      child.stdout?.on('data', (text: Buffer) => String(text).includes('waiting') && waiting());
    });
    child.kill('SIGINT');
    expect((await ended).status).toBe(1);
    expect((await calls()).map(({ command }) => command).filter(Boolean)).toEqual(['init']);
  });

  it('keeps the state outside of the package, for its owner only, and not in git', async () => {
    await install('terraform');
    await copyFile(join(PROJECT, '.gitignore'), join(folder, '.gitignore'));
    await writeFile(join(folder, '.gitignore'), '\nbin/\nengine.log\nplugins\n.serverless-cache\n', { flag: 'a' });
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    await git('init', '-q');
    await git('add', '-A');
    await git('commit', '-qm', 'x');
    expect((await start(['deploy'], { TF_VAR_needed: 'x' }).ended).status).toBe(0);
    expect((await git('status', '--porcelain')).stdout).toBe('');
    const { mode } = await stat(join(folder, '.huawei/test.tfstate'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('shows and writes no key', async () => {
    await install('terraform');
    const { stdout, stderr } = await start(['deploy', '--verbose'], { TF_VAR_needed: 'x' }).ended;
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('plugins'))
      .map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
    const all = [stdout, stderr, ...(await Promise.all(texts))].join('\n');
    for (const key of Object.values(KEYS)) expect(all).not.toContain(key);
  });

  it('deploys what was packaged, with --package', async () => {
    await install('terraform');
    expect((await run('package', '--package', 'out')).status).toBe(0);
    expect((await run('deploy', '--package', 'out', '--param=needed=x')).status).toBe(0);
    expect((await calls())[1]).toMatchObject({ command: 'apply', cwd: join(folder, 'out/terraform') });
    const { status, stdout } = await run('deploy', '--package', 'elsewhere', '--param=needed=x');
    expect([status, stdout.includes('There is no package in')]).toEqual([1, true]);
  });
});

describe('the other commands of osls', () => {
  it('remove everything', async () => {
    await install('terraform');
    expect((await run('remove', '--param=needed=x')).status).toBe(0);
    const args = ['-auto-approve', '-input=false', '-var=needed=x'];
    expect((await calls())[1]).toMatchObject({ command: 'destroy', args });
  });

  it('show the outputs, which takes no values', async () => {
    await install('terraform');
    expect((await run('info')).status).toBe(0);
    expect((await calls())[1]).toMatchObject({ command: 'output', args: [] });
  });

  it.each([
    ['invoke', '-f', 'work'],
    ['invoke', 'local', '-f', 'work'],
    ['logs', '-f', 'work'],
  ])('are refused, where they are not of this provider: %s %s %s', async (...args) => {
    const { status, stdout } = await run(...args.filter(Boolean));
    expect(status).toBe(1);
    expect(stdout).toContain('Not a command of this provider');
  });
});
