import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The folder of a bundled file's package. Metafiles have forward slashes on every system. */
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Licence texts for packages without one. */
const TEXTS: Readonly<Record<string, string>> = {
  'Apache-2.0': resolve(import.meta.dirname, '../LICENSE'),
  MIT: resolve(import.meta.dirname, 'licences/MIT.txt'),
};

/** A bundled package, from its package.json. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

/** A package in a bundle. */
interface BundledPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Returns the packages in a bundle, by name.
 *
 * @param inputs - Paths of the bundled files, as esbuild's metafile has them.
 * @param root - Folder that these paths are relative to.
 */
export async function bundledPackages(inputs: readonly string[], root: string): Promise<BundledPackage[]> {
  const folders = inputs.map((path) => PACKAGE_FOLDER.exec(path)?.[0]).filter((folder) => folder !== undefined);
  return Promise.all(
    [...new Set(folders)].sort().map(async (path) => {
      const folder = join(root, path);
      return { folder, manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest };
    }),
  );
}

/**
 * Returns the licences of the packages in a bundle, for a file beside it. esbuild collects only comments with
 * `@license`, and neither the SDK nor middy has any.
 *
 * @throws Error if a package has no licence text and there is none for it here.
 */
export async function notices(packages: readonly BundledPackage[]): Promise<string> {
  const sections = await Promise.all(packages.map(notice));
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}

async function notice({ folder, manifest }: BundledPackage): Promise<string> {
  const { name, version, license, author } = manifest;
  const shipped = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice)/i.test(file)).sort();
  const own = shipped.map((file) => join(folder, file));
  const texts = await Promise.all((own.length > 0 ? own : [general(manifest)]).map((path) => readFile(path, 'utf8')));
  const by = typeof author === 'object' ? author.name : author;
  return [`${name} ${version}, ${license}${by ? `, by ${by}` : ''}`, ...texts.map((text) => text.trim()), ''].join(
    '\n\n',
  );
}

function general({ name, license }: Manifest): string {
  const text = TEXTS[license];
  if (text === undefined)
    throw new Error(`${name} ships no licence text: add one for ${license} to scripts/notices.ts`);
  return text;
}
