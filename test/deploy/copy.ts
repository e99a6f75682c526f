/** A copy of the deploy files in a folder of its own, where tests can change them and run the real CLI. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');
const CLI = join(PROJECT, 'node_modules/osls/bin/serverless.js');
const GUARD = join(PROJECT, 'test/helpers/no-network.mjs');

export const AWS_PARAMS = [
  '--param=vodProjectId=00000000000000000000000000000000',
  '--param=secretsExtensionLayerArn=arn:aws:lambda:eu-central-1:000000000000:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:1',
];

export type DeployFile = 'serverless.yml' | 'serverless.aws.yml' | `deploy/${string}`;

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const readDeployFile = (name: DeployFile): Promise<string> => readFile(join(PROJECT, name), 'utf8');

/** Switches on every setting that stands behind a `#` and no space; prose has exactly one. */
export const switchedOn = (text: string): string => text.replaceAll(/^(\s*)#(?=\S| {2})/gm, '$1');

export class DeployCopy {
  readonly folder: string;
  /** What the CLI's environment holds besides the least it needs. */
  env: Readonly<Record<string, string>> = {};

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<DeployCopy> {
    const copy = new DeployCopy(await mkdtemp(join(tmpdir(), 'deploy-files-')));
    for (const name of ['serverless.yml', 'serverless.aws.yml', 'deploy'])
      await cp(join(PROJECT, name), join(copy.folder, name), { recursive: true });
    for (const name of ['plugins', 'dist']) await symlink(join(PROJECT, name), join(copy.folder, name));
    // The bundles are there already, and the CLI only looks whether the zips for AWS are.
    await copy.change('serverless.yml', (text) => text.replace('build: npm run build', 'build: node --version'));
    await mkdir(join(copy.folder, '.serverless-aws'));
    for (const zip of ['cancel-http.zip', 'cancel-superseded.zip'])
      await writeFile(join(copy.folder, '.serverless-aws', zip), '');
    return copy;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async change(name: DeployFile, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, name);
    const text = await readFile(path, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`nothing changed in ${name}`);
    await writeFile(path, changed);
  }

  /** Misspells keys; each must be there. */
  async misspell(name: DeployFile, ...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.change(name, (text) => text.replaceAll(`${key}:`, `${key}x:`));
  }

  async readJson<T>(name: string): Promise<T> {
    return JSON.parse(await readFile(join(this.folder, name), 'utf8')) as T;
  }

  /** Nothing of this process's environment gets into the CLI, and it gets nowhere but to this machine. */
  run(...args: readonly string[]): Promise<Run> {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.folder,
      SLS_TELEMETRY_DISABLED: '1',
      // Compiling the schema of AWS anew for each copy would take most of the time.
      SLS_SCHEMA_CACHE_BASE_DIR: join(tmpdir(), 'osls-schema-cache'),
      ...this.env,
    };
    return new Promise((done) => {
      execFile(
        process.execPath,
        ['--import', GUARD, CLI, ...args],
        { cwd: this.folder, env },
        (error, stdout, stderr) => done({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  }
}
