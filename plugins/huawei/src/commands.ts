import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipsAsTheyAre } from './build.ts';
import { findEngine, runEngine } from './engine.ts';
import { type Host, UserError } from './host.ts';
import { foldersOf, writePackage } from './package.ts';
import { declaredVariables, variableArguments } from './variables.ts';

/** The packaged backend counts, which differs from stage to stage, and not the one that the engine remembers. */
const INIT = ['init', '-input=false', '-reconfigure'];

/** Runs the engine on the package. If the engine fails, this process ends with its status: the engine said why. */
async function runCommand(host: Host, command: readonly string[]): Promise<void> {
  const { terraform, kept } = foldersOf(host);
  const engine = await findEngine(host.env);
  // The state holds what the variables hold, so only its owner may read it.
  process.umask(0o077);
  await mkdir(kept, { recursive: true });
  for (const args of [INIT, command]) {
    const status = await runEngine(engine, args, terraform, host.env);
    if (status !== 0) process.exit(status);
  }
}

/** Runs the engine with a value for every variable. */
async function runWithVariables(host: Host, command: readonly string[]): Promise<void> {
  const { terraform, values } = foldersOf(host);
  const names = await readdir(terraform).catch(() => {
    throw new UserError(
      `There is no package in ${terraform}. Run osls package with the same --package first`,
      'NO_PACKAGE',
    );
  });
  const files = names.filter((name) => name.endsWith('.tf')).map((name) => readFile(join(terraform, name), 'utf8'));
  const args = await variableArguments(host, (await Promise.all(files)).flatMap(declaredVariables), values);
  await runCommand(host, [...command, '-input=false', ...args]);
}

/** Creates or changes everything; with `--dry-run`, the engine only shows what it would do. */
export const deploy = (host: Host): Promise<void> =>
  runWithVariables(host, host.options['dry-run'] ? ['plan'] : ['apply', '-auto-approve']);

/** Removes everything. The engine needs the configuration for it, but not a build, which may fail. */
export async function remove(host: Host): Promise<void> {
  await writePackage(host, zipsAsTheyAre);
  await runWithVariables(host, ['destroy', '-auto-approve']);
}

/** Shows the outputs of the last deployment. */
export async function info(host: Host): Promise<void> {
  await writePackage(host, zipsAsTheyAre);
  await runCommand(host, ['output']);
}
