/** Runs the real CLI in a copy of the sample service. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KEYS, PROJECT_ID } from './stand-in.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const CLI = path.join(ROOT, 'node_modules/osls/bin/serverless.js');
export const GUARD = path.join(import.meta.dirname, 'no-network.mjs');
const SAMPLE = path.join(import.meta.dirname, '../fixtures/service');

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const CREDENTIALS = {
  HUAWEICLOUD_SDK_AK: KEYS.ak,
  HUAWEICLOUD_SDK_SK: KEYS.sk,
  HUAWEICLOUD_SDK_SECURITY_TOKEN: KEYS.securityToken,
  HUAWEICLOUD_SDK_PROJECT_ID: PROJECT_ID,
} as const;

export class Service {
  readonly folder: string;
  env: Record<string, string>;

  private constructor(folder: string, env: Record<string, string>) {
    this.folder = folder;
    this.env = env;
  }

  static async create(env: Record<string, string> = {}): Promise<Service> {
    const folder = await mkdtemp(path.join(tmpdir(), 'functiongraph-'));
    await cp(SAMPLE, folder, { recursive: true });
    await symlink(path.join(ROOT, 'plugins'), path.join(folder, 'plugins'));
    return new Service(folder, env);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  /** Replaces texts in a file; each must be there. */
  async edit(name: string, ...changes: (readonly [from: string, to: string])[]): Promise<void> {
    let content = await readFile(this.path(name), 'utf8');
    for (const [from, to] of changes) {
      if (!content.includes(from)) throw new Error(`${name} has no ${from}`);
      content = content.replaceAll(from, to);
    }
    await writeFile(this.path(name), content);
  }

  /** Nothing of this process's environment gets into the CLI, and the CLI gets nowhere but to this machine. */
  run(...args: string[]): Promise<Run> {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.folder,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_SCHEMA_CACHE_BASE_DIR: path.join(tmpdir(), 'functiongraph-schema-cache'),
      ...this.env,
    };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', GUARD, CLI, ...args],
        { cwd: this.folder, env },
        (error, stdout, stderr) => resolve({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  }
}
