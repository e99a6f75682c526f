import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Main } from '../../scripts/command.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** Scripts that are a tool's own command line, which has a usage of its own. */
const TOOLS = /^(?:[A-Z]+=\d+ )?(?:vitest|biome|tsc|npm)\b/;

/** Name and script of each command of the project. */
export const COMMANDS = Object.entries(packageJson.scripts).filter(([, script]) => !TOOLS.test(script));

/** The command in the module that a script runs. */
export async function mainOf(script: string): Promise<Main> {
  const { main } = (await import(join(PROJECT, script.split(' ').at(-1) ?? ''))) as { readonly main: Main };
  return main;
}
