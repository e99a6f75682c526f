import { randomUUID } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type BuildResult, build, formatMessages } from 'esbuild';
import { bundledPackages, notices } from './notices.ts';
import { pruneSdk } from './prune-sdk/plugin.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/**
 * FunctionGraph loads the bundle with `require`, but the project's own package.json says "type": "module". The bundles run
 * on an older Node than their development needs.
 */
const PACKAGE = '{"type":"commonjs","engines":{"node":">=20.15"}}\n';

/** Options of {@link bundle} for tests. */
interface BundleOptions {
  /** Folder for packages, and for relative paths in the source map. Default: the project. */
  readonly root?: string;
  /** `true` by default. */
  readonly minify?: boolean;
}

/**
 * Bundles each entry point `…/<name>.ts` into `<outdir>/<name>/index.js`, one CommonJS file. Beside it are its source map,
 * and the list and the licences of its packages. `<outdir>/package.json` says that they are CommonJS. The same sources give
 * the same bytes in every folder.
 *
 * @throws esbuild's BuildFailure, or an Error for a warning of esbuild. It then writes nothing.
 */
export async function bundle(
  entryPoints: readonly string[],
  outdir: string,
  { root = PROJECT, minify = true }: BundleOptions = {},
): Promise<void> {
  const began = new Date();
  // Not `outdir`: the paths in a source map are relative to it, and would differ from folder to folder.
  const virtualOutdir = join(root, 'dist');
  const result = await build({
    entryPoints: entryPoints.map((path) => ({ in: path, out: join(basename(path, '.ts'), 'index') })),
    absWorkingDir: root,
    outdir: virtualOutdir,
    write: false,
    metafile: true,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.15',
    minify,
    sourcemap: 'external',
    legalComments: 'none',
    logLevel: 'silent',
    // esbuild exports getters, which cannot be replaced. Hosts and tracing layers replace members of `exports`.
    footer: { js: 'module.exports = { ...module.exports };' },
    plugins: [pruneSdk()],
  });
  if (result.warnings.length > 0) {
    throw new Error((await formatMessages(result.warnings, { kind: 'warning' })).join('\n'));
  }
  const files = [
    { path: join(virtualOutdir, 'package.json'), contents: PACKAGE },
    ...result.outputFiles,
    ...(await noticesBeside(result, root)),
  ];
  await Promise.all(
    files.map(({ path, contents }) => writeWhole(join(outdir, relative(virtualOutdir, path)), contents, began)),
  );
}

/**
 * Writes a file atomically: a reader or a second build sees the old or the new file, never a part.
 *
 * @param modified - its time stamp: the time when the sources were read, so that a source that changed afterwards is newer
 */
async function writeWhole(path: string, contents: Uint8Array | string, modified: Date): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, contents);
  await utimes(temporary, modified, modified);
  await rename(temporary, path);
}

type Result = BuildResult<{ write: false; metafile: true }>;

async function noticesBeside({ metafile }: Result, root: string) {
  const bundles = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint !== undefined);
  const files = bundles.map(async ([path, { inputs }]) => {
    const packages = await bundledPackages(Object.keys(inputs), root);
    const list = packages.map(({ manifest: { name, version, license } }) => ({ name, version, license }));
    return [
      { path: join(root, path, '../THIRD-PARTY-NOTICES.txt'), contents: await notices(packages) },
      { path: join(root, path, '../packages.json'), contents: `${JSON.stringify(list, null, 2)}\n` },
    ];
  });
  return (await Promise.all(files)).flat();
}
