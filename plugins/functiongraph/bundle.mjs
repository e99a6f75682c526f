import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from './errors.mjs';

/** @import { FunctionConfig, Host } from './types.ts' */

/** @param {FunctionConfig} fn */
export const handlerFile = (fn) => `${fn.handler.split('.')[0]}.js`;

/**
 * A build has no use for the keys to the cloud, and runs the code of everybody the project depends on.
 *
 * @param {Host['env']} env
 */
const withoutCredentials = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('HUAWEICLOUD_SDK_')));

/**
 * Runs `custom.functiongraph.build` in the service's folder. The command is split at spaces and started directly, never
 * handed to a shell: what looks like shell syntax in it is an argument. Its output goes to standard error, so that
 * standard output stays with the command's own result.
 *
 * @param {Host} host
 */
export const runBuild = async ({ service, serviceDir, env, notice }) => {
  const build = service.custom?.functiongraph?.build;
  if (build === undefined) return;
  const words = typeof build === 'string' ? build.trim().split(/\s+/) : build;
  const [command = '', ...args] = words;
  notice(`Building: ${words.join(' ')}`);
  const child = spawn(command, args, {
    cwd: serviceDir,
    env: withoutCredentials(env),
    shell: false,
    stdio: ['ignore', 2, 2],
  });
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  if (outcome !== 0)
    throw new UserError(`The build failed (${outcome}): ${words.join(' ')}`, 'FUNCTIONGRAPH_BUILD_FAILED');
};

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} key
 */
const readBundled = async (folder, name, key) => {
  try {
    return await readFile(path.join(folder, name));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new UserError(
      `at 'functions.${key}.bundle': cannot read ${name} (${reason}); build the project first, or set custom.functiongraph.build`,
      'FUNCTIONGRAPH_BUNDLE_MISSING',
    );
  }
};

/**
 * The files a function's zip holds: its handler's file, the source map where asked for, and what `include` names.
 * Nothing else of the folder goes in, so that a stray file can neither leak nor change the digest.
 *
 * @param {string} key
 * @param {FunctionConfig} fn
 * @param {string} serviceDir
 * @returns {Promise<Map<string, Buffer>>} contents by name
 */
export const bundledFiles = async (key, fn, serviceDir) => {
  const main = handlerFile(fn);
  const names = [main, ...(fn.sourceMap ? [`${main}.map`] : []), ...(fn.include ?? [])];
  const folder = path.resolve(serviceDir, fn.bundle);
  // One after the other: of several missing files the error names the first, always the same one.
  const contents = new Map();
  for (const name of names) contents.set(name, await readBundled(folder, name, key));
  return contents;
};
