/** The real CLI on the sample service, in a folder of its own, with the engine of the tests in place of Terraform. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

export const PROJECT = resolve(import.meta.dirname, '../../..');
const CLI = join(PROJECT, 'node_modules/osls/bin/serverless.js');
const GUARD = join(PROJECT, 'test/helpers/no-network.mjs');

/** Visibly fake. */
export const KEYS = { HW_ACCESS_KEY: 'AK-EXAMPLE-7c1d', HW_SECRET_KEY: 'SK-EXAMPLE-NOT-A-SECRET-91b4' };

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Service {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'huawei-'));
    await cp(join(import.meta.dirname, 'service'), folder, { recursive: true });
    await symlink(join(PROJECT, 'plugins'), join(folder, 'plugins'));
    await mkdir(join(folder, 'bin'));
    // Beside node there may be an engine, so the PATH holds node alone.
    await symlink(process.execPath, join(folder, 'bin/node'));
    return new Service(folder);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs the CLI as a person would: with a PATH of `bin`, and with keys in the environment. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, ['--import', GUARD, CLI, ...args], {
      cwd: this.folder,
      env: {
        PATH: this.path('bin'),
        HOME: this.folder,
        SLS_TELEMETRY_DISABLED: '1',
        SLS_SCHEMA_CACHE_BASE_DIR: join(tmpdir(), 'osls-schema-cache'),
        ENGINE_LOG: this.path('engine.log'),
        ENGINE_RELEASE: this.path('release'),
        ...KEYS,
        ...env,
      },
    });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.on('data', (text: Buffer) => (written[name] += String(text)));
    const ended = once(child, 'close').then(([status]: (number | null)[]) => ({ status: status ?? null, ...written }));
    return { child, ended };
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** Puts the engine on the PATH under a name. */
  async install(name: string): Promise<void> {
    await copyFile(join(import.meta.dirname, 'engine.mjs'), this.path(`bin/${name}`));
    await chmod(this.path(`bin/${name}`), 0o755);
  }

  /** Lets an engine that got a signal end. */
  release(): Promise<void> {
    return writeFile(this.path('release'), '');
  }

  /** What the engine was called for, in order. */
  async calls(): Promise<Record<string, unknown>[]> {
    const text = await readFile(this.path('engine.log'), 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Replaces a text in serverless.yml; it must be there. */
  async change(from: string, to: string): Promise<void> {
    const text = await readFile(this.path('serverless.yml'), 'utf8');
    expect(text).toContain(from);
    await writeFile(this.path('serverless.yml'), text.replace(from, to));
  }
}
