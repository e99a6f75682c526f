import { join, resolve } from 'node:path';
import { installTools } from '../../scripts/install-tools.ts';

/** `node_modules` with serverless-offline and the versions of Node. */
export const HOST_TOOLS = resolve(import.meta.dirname, 'tools/node_modules');

/** Lambda's own runtime client, a program of Node. */
export const RUNTIME_CLIENT = resolve(import.meta.dirname, 'tools/ric/node_modules/aws-lambda-ric/index.mjs');

/** Returns the program of a version of Node. @param major - `24` for example */
export const nodeOf = (major: number): string => join(HOST_TOOLS, `node-${major}/bin/node`);

/**
 * Installs what only the tests of the hosts need. It is 0.7 GB, and Lambda's runtime client takes minutes to compile: its
 * scripts compile a native library by cmake and a C++ compiler, against the headers that come with Node 22. Without these
 * headers node-gyp would download some.
 */
export async function installHostTools(): Promise<void> {
  const node = join(await installTools('test/hosts/tools'), 'node-22');
  const env = { ...process.env, npm_config_nodedir: node, PATH: `${join(node, 'bin')}:${process.env['PATH']}` };
  await installTools('test/hosts/tools/ric', env);
}
