import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** `node_modules` with serverless-offline and the versions of Node. */
    readonly hostTools: string;
  }
}

const PROJECT = resolve(import.meta.dirname, '../..');

/**
 * Makes the packages, and installs what only these tests need into a folder of its own: it is 0.7 GB, and Lambda's
 * runtime client takes minutes to compile. `HOST_TOOLS` names a folder where it is installed already.
 */
export default async function prepareHosts(project: TestProject): Promise<() => Promise<void>> {
  await run('npm', ['run', 'package'], PROJECT);
  const given = process.env['HOST_TOOLS'];
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'host-tools-')));
  if (given === undefined) {
    await cp(join(import.meta.dirname, 'tools'), folder, { recursive: true });
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
    await compileRuntimeClient(folder);
  }
  project.provide('hostTools', join(folder, 'node_modules'));
  return async () => {
    if (given === undefined) await rm(folder, { recursive: true, force: true });
  };
}

/**
 * Installs Lambda's runtime client with its scripts: they compile a native library, by cmake and a C++ compiler, against
 * the headers that come with Node 22. Without them node-gyp would download headers.
 */
async function compileRuntimeClient(folder: string): Promise<void> {
  const node = join(folder, 'node_modules/node-22');
  const env = { ...process.env, npm_config_nodedir: node, PATH: `${join(node, 'bin')}:${process.env['PATH']}` };
  await run('npm', ['ci', '--no-audit', '--no-fund'], join(folder, 'ric'), env);
}

async function run(command: string, args: readonly string[], cwd: string, env = process.env): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
