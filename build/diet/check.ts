import type { Swap } from './table.ts';
import { type Use, usesOf } from './uses.ts';

/**
 * Whether a stand-in has all that one module asks of it.
 *
 * @param code - the asking module, as printed by esbuild
 * @param importer - its name, for the message
 * @param specifier - how it names the swapped module
 * @returns one message for each thing that is missing, saying what to do
 */
export function missing(code: string, importer: string, specifier: string, swap: Swap): string[] {
  const problems = usesOf(code, specifier).map((use) => problem(use, swap));
  const remedy = 'add it there, or stop the swap in build/diet/table.ts';
  return [...new Set(problems)]
    .filter((text) => text !== undefined)
    .map((text) => `${importer} asks ${swap.module} for ${text}: ${remedy}`);
}

function problem(use: Use, { standIn, offers }: Swap): string | undefined {
  const file = `build/diet/stand-ins/${standIn}`;
  if (use.length === 0)
    return `itself, in a form that build/diet/uses.ts cannot read, so that ${file} cannot be checked`;
  return has(offers, use) ? undefined : `\`${use.join('.')}\`, which ${file} does not have`;
}

function has(offers: object, path: readonly string[]): boolean {
  let holder = offers;
  for (const name of path) {
    if (!(name in holder)) return false;
    holder = Object(Reflect.get(holder, name));
  }
  return true;
}
