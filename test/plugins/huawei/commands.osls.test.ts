import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, KEYS, PROJECT, Service } from './cli.ts';

let service: Service;

beforeEach(async () => {
  service = await Service.create();
});

afterEach(() => service.remove());

describe('osls deploy', () => {
  const INIT = ['-input=false', '-reconfigure'];

  it('runs init and apply in the folder of the configuration, without a question', async () => {
    await service.install('terraform');
    const { status, stdout, stderr } = await service.run('deploy', '--param=needed=x');
    expect(status, stdout + stderr).toBe(0);
    const cwd = service.path('.serverless/terraform');
    expect(await service.calls()).toEqual([
      { command: 'init', args: INIT, cwd },
      { command: 'apply', args: ['-auto-approve', '-input=false', '-var=needed=x'], cwd },
    ]);
    expect(stdout).toContain('engine: init\nengine: apply\n');
    expect(stderr).toContain('engine warns: apply');
  });

  it('only plans with --dry-run', async () => {
    await service.install('tofu');
    expect((await service.run('deploy', '--dry-run', '--param=needed=x')).status).toBe(0);
    expect((await service.calls()).map(({ command }) => command)).toEqual(['init', 'plan']);
  });

  it('names every variable without a value before it starts the engine', async () => {
    await service.install('terraform');
    const { status, stdout } = await service.run('deploy');
    expect(status).toBe(1);
    expect(stdout).toContain('needed: What it is. Console: where it is');
    expect(stdout).not.toContain('optional:');
    expect(await service.calls()).toEqual([]);
  });

  it('prefers the engine that TERRAFORM_BINARY names, then tofu', async () => {
    await service.install('terraform');
    await service.install('tofu');
    await service.install('mine');
    const used = async (env: NodeJS.ProcessEnv): Promise<Ended> =>
      service.start(['deploy', '--dry-run'], { TF_VAR_needed: 'x', ...env }).ended;
    expect((await used({ TERRAFORM_BINARY: service.path('bin/mine'), ENGINE_VERSION: '1.3.9' })).stdout).toContain(
      'bin/mine 1.3.9 cannot be used: 1.4.0 or later is needed',
    );
    expect((await used({ ENGINE_VERSION: '1.3.9' })).stdout).toContain('tofu 1.3.9 cannot be used');
  });

  it('takes an engine whose version is later, number by number', async () => {
    await service.install('terraform');
    expect((await service.start(['deploy'], { TF_VAR_needed: 'x', ENGINE_VERSION: '1.10.0' }).ended).status).toBe(0);
  });

  it('says in one line how to get an engine, where there is none', async () => {
    const { status, stdout } = await service.start(['deploy'], { TF_VAR_needed: 'x' }).ended;
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /There is no tofu and no terraform on the PATH\. Install .* upload \.serverless\/rfs\.zip .*\n/,
    );
  });

  it.each(['init', 'apply'])(
    "ends with the engine's status when %s fails, and adds nothing to its words",
    async (command) => {
      await service.install('terraform');
      const { status, stdout } = await service.start(['deploy'], { TF_VAR_needed: 'x', ENGINE_FAILS: command }).ended;
      expect(status).toBe(3);
      expect(stdout.trimEnd().endsWith(`engine: ${command}`)).toBe(true);
      expect((await service.calls()).at(-1)).toMatchObject({ command });
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('hands on %s once, and waits until the engine has ended', async (signal) => {
    await service.install('terraform');
    const { child, ended } = service.start(['deploy'], { TF_VAR_needed: 'x', ENGINE_WAITS: 'apply' });
    await new Promise<void>((waiting) => {
      child.stdout?.on('data', (text: Buffer) => String(text).includes('waiting') && waiting());
    });
    child.kill(signal);
    // Two equal signals at once would arrive as one.
    await expect.poll(() => service.calls()).toContainEqual({ signal });
    child.kill(signal);
    await service.release();
    const { status } = await ended;
    expect(status).toBe(1);
    expect((await service.calls()).slice(2)).toEqual([{ signal }, { ended: 'in order' }]);
  });

  it('starts nothing more after a signal', async () => {
    await service.install('terraform');
    const { child, ended } = service.start(['deploy'], { TF_VAR_needed: 'x', ENGINE_WAITS: 'init' });
    await new Promise<void>((waiting) => {
      child.stdout?.on('data', (text: Buffer) => String(text).includes('waiting') && waiting());
    });
    child.kill('SIGINT');
    await service.release();
    expect((await ended).status).toBe(1);
    expect((await service.calls()).map(({ command }) => command).filter(Boolean)).toEqual(['init']);
  });

  it('keeps the state outside of the package, for its owner only, and not in git', async () => {
    await service.install('terraform');
    await copyFile(join(PROJECT, '.gitignore'), service.path('.gitignore'));
    await writeFile(service.path('.gitignore'), '\nbin/\nengine.log\nplugins\n.serverless-cache\n', { flag: 'a' });
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: service.folder,
      });
    await git('init', '-q');
    await git('add', '-A');
    await git('commit', '-qm', 'x');
    expect((await service.start(['deploy'], { TF_VAR_needed: 'x' }).ended).status).toBe(0);
    expect((await git('status', '--porcelain')).stdout).toBe('');
    const { mode } = await stat(service.path('.huawei/test.tfstate'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('shows and writes no key', async () => {
    await service.install('terraform');
    const { stdout, stderr } = await service.start(['deploy', '--verbose'], { TF_VAR_needed: 'x' }).ended;
    const files = await readdir(service.folder, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('plugins'))
      .map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
    const all = [stdout, stderr, ...(await Promise.all(texts))].join('\n');
    for (const key of Object.values(KEYS)) expect(all).not.toContain(key);
  });

  it('deploys what was packaged, with --package', async () => {
    await service.install('terraform');
    expect((await service.run('package', '--package', 'out')).status).toBe(0);
    expect((await service.run('deploy', '--package', 'out', '--param=needed=x')).status).toBe(0);
    expect((await service.calls())[1]).toMatchObject({ command: 'apply', cwd: service.path('out/terraform') });
    const { status, stdout } = await service.run('deploy', '--package', 'elsewhere', '--param=needed=x');
    expect([status, stdout.includes('Run osls package with the same --package first')]).toEqual([1, true]);
  });
});

describe('the other commands of osls', () => {
  it('remove everything', async () => {
    await service.install('terraform');
    expect((await service.run('remove', '--param=needed=x')).status).toBe(0);
    const args = ['-auto-approve', '-input=false', '-var=needed=x'];
    expect((await service.calls())[1]).toMatchObject({ command: 'destroy', args });
  });

  it.each(['remove', 'info'])('do not build what is built: %s', async (command) => {
    await service.install('terraform');
    await service.change('build: node build.mjs', 'build: node broken.mjs');
    const { status, stdout } = await service.start([command], { TF_VAR_needed: 'x' }).ended;
    expect([status, stdout.includes('Building')]).toEqual([0, false]);
    await rm(service.path('bundle/index.js'));
    const missing = await service.start([command], { TF_VAR_needed: 'x' }).ended;
    expect([missing.status, missing.stdout.includes('The build failed')]).toEqual([1, true]);
  });

  it('show the outputs, which takes no values', async () => {
    await service.install('terraform');
    expect((await service.run('info')).status).toBe(0);
    expect((await service.calls())[1]).toMatchObject({ command: 'output', args: [] });
  });

  it.each([
    ['invoke', '-f', 'work'],
    ['invoke', 'local', '-f', 'work'],
    ['logs', '-f', 'work'],
  ])('are refused, where they are not of this provider: %s %s %s', async (...args) => {
    const { status, stdout } = await service.run(...args.filter(Boolean));
    expect(status).toBe(1);
    expect(stdout).toContain('Not a command of this provider');
  });
});
