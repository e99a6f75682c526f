import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Manifest } from '../notices.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');

export type Bundled = Pick<Manifest, 'name' | 'version' | 'license'>;

/** Returns the packages in all bundles, by name. The build wrote the list from esbuild's metafile. */
export async function bundledPackages(): Promise<Bundled[]> {
  const dist = join(PROJECT, 'dist');
  if (!existsSync(dist)) throw new Error('there are no bundles. Run npm run build first.');
  const folders = (await readdir(dist, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const lists = await Promise.all(
    folders.map(async ({ name }) => JSON.parse(await readFile(join(dist, name, 'packages.json'), 'utf8')) as Bundled[]),
  );
  const byName = new Map(lists.flat().map((bundled) => [`${bundled.name}@${bundled.version}`, bundled]));
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bundled]) => bundled);
}
