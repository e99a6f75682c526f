import type { Swap } from './table.ts';
import { type Use, usesOf } from './uses.ts';

/**
 * Whether a stand-in has all that one module of the SDK asks of it.
 *
 * @param code - The asking module, as printed by esbuild.
 * @param importer - Its name, for the message.
 * @param specifier - How it names the swapped module in `require("…")`.
 * @returns One message for each thing that is missing, saying what to do.
 */
export function missing(code: string, importer: string, specifier: string, swap: Swap): string[] {
  const problems = usesOf(code, specifier).map((use) => problem(use, swap));
  const remedy = 'add it there, or stop the swap in build/diet/table.ts';
  return [...new Set(problems)]
    .filter((text) => text !== undefined)
    .map((text) => `huaweicloud-sdk-${importer} asks ${swap.module} for ${text}: ${remedy}`);
}

function problem({ path, chain }: Use, { standIn, offers, returns }: Swap): string | undefined {
  const file = `build/diet/stand-ins/${standIn}`;
  if (path.length === 0)
    return `itself, in a form that build/diet/uses.ts cannot read, so that ${file} cannot be checked`;
  if (!has(offers, path)) return `\`${path.join('.')}\`, which ${file} does not have`;
  const member = returns && chain.find((name) => !(name in returns));
  return member && `\`${member}\` on a result of \`${path.join('.')}\`, which ${file} does not have`;
}

function has(offers: object, path: readonly string[]): boolean {
  let holder = offers;
  for (const name of path) {
    if (!(name in holder)) return false;
    holder = Object(Reflect.get(holder, name));
  }
  return true;
}
