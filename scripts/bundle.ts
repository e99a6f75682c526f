import { basename, join, relative, resolve } from 'node:path';
import { type BuildResult, build, formatMessages } from 'esbuild';
import { diet } from './diet/plugin.ts';
import { bundledPackages, notices } from './notices.ts';
import { type FileToWrite, writeFiles } from './write.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/** Options of {@link bundle} for tests. */
export interface BundleOptions {
  /** Folder for packages, and for relative paths in the source map. Default: the project. */
  readonly root?: string;
  /** `true` by default. */
  readonly minify?: boolean;
}

/**
 * Bundles each entry point `…/<name>.ts` into `<outdir>/<name>/index.js`, one CommonJS file. Beside it are its source map,
 * and the list and the licences of its packages. The same sources give the same bytes in every folder.
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
    plugins: [diet()],
  });
  if (result.warnings.length > 0) {
    throw new Error((await formatMessages(result.warnings, { kind: 'warning' })).join('\n'));
  }
  const files = [...outputs(result), ...(await noticesBeside(result, root))];
  await writeFiles(
    files.map(({ path, contents }) => ({ path: join(outdir, relative(virtualOutdir, path)), contents })),
    began,
  );
}

type Result = BuildResult<{ write: false; metafile: true }>;

function outputs({ outputFiles }: Result): FileToWrite[] {
  return outputFiles.map(({ path, contents }) => ({ path, contents }));
}

async function noticesBeside({ metafile }: Result, root: string): Promise<FileToWrite[]> {
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
