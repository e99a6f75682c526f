import { readFile } from 'node:fs/promises';

/** The folders with a lockfile: the project, and the tools that its `npm ci` does not install. */
export const LOCKED_FOLDERS: readonly string[] = [
  '.',
  '.ci/tools',
  'test/browser',
  'test/hosts/tools',
  'test/hosts/tools/ric',
  'test/mutation',
  'test/terraform/tools',
];

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly workspaces?: readonly string[];
}

/**
 * Returns a message for each entry that could install another package than the tested one: without a checksum, or with
 * an address of its own.
 *
 * @param lock - the lockfile's path in the project
 */
export async function lockProblems(lock: string): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(lock, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  // The project's own packages, which come from no registry.
  const own = ['', ...(packages['']?.workspaces ?? [])];
  return Object.entries(packages)
    .filter(([path, { link, resolved }]) => !own.includes(path) && !(link && resolved && own.includes(resolved)))
    .flatMap(([path, { integrity, resolved, link }]) => [
      ...(/^sha512-/.test(integrity ?? '') && !link ? [] : [`${lock}: ${path} has no SHA-512`]),
      ...(resolved === undefined ? [] : [`${lock}: ${path} names the place it comes from`]),
    ]);
}
