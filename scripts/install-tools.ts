import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '..');

/** Tools of single checks. `npm ci` of the project does not install them, because most people never need them. */
export const CHECK_TOOLS = '.ci/tools';

/**
 * Installs what the lockfile of a folder pins, if that has not been done since the lockfile changed.
 *
 * @param folder - with a `package.json` and a lockfile of its own; relative to the project
 * @param scriptEnv - the environment of the packages' scripts. Without it they do not run
 * @returns the `node_modules` of the folder
 * @throws Error if the packages cannot be installed
 */
export async function installTools(folder: string, scriptEnv?: NodeJS.ProcessEnv): Promise<string> {
  const path = resolve(PROJECT, folder);
  const installed = join(path, 'node_modules');
  // npm writes this file last.
  if (modifiedMs(join(installed, '.package-lock.json')) >= modifiedMs(join(path, 'package-lock.json')))
    return installed;
  process.stderr.write(`Installing the tools in ${folder}. This is done once.\n`);
  const args = ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'];
  if (scriptEnv === undefined) args.push('--ignore-scripts');
  const child = spawn('npm', args, {
    cwd: PROJECT,
    env: scriptEnv ?? process.env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) {
    throw new Error(`this needs the packages in ${folder}, and so the network once: npm ci --prefix ${folder}`);
  }
  return installed;
}

/** @returns when a file was last written; 0 if there is none */
const modifiedMs = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
