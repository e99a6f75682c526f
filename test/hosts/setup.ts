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
 * Makes the packages, and installs what only these tests need into a folder of its own: half a gigabyte that nobody wants
 * in `node_modules`. `HOST_TOOLS` names a folder where it is installed already.
 */
export default async function prepareHosts(project: TestProject): Promise<() => Promise<void>> {
  await run('npm', ['run', 'package'], PROJECT);
  const given = process.env['HOST_TOOLS'];
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'host-tools-')));
  if (given === undefined) {
    await cp(join(import.meta.dirname, 'tools'), folder, { recursive: true });
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  }
  project.provide('hostTools', join(folder, 'node_modules'));
  return async () => {
    if (given === undefined) await rm(folder, { recursive: true, force: true });
  };
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
