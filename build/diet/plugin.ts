import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import { missing } from './check.ts';
import { edits, kept, swaps } from './table.ts';

const STAND_INS = join(import.meta.dirname, 'stand-ins');
const SDK_FILE = /[\\/]node_modules[\\/]@huaweicloud[\\/]huaweicloud-sdk-(core|vod)[\\/](.+)\.js$/;

/** Tells a resolve of our own from esbuild's, which would come back to us for ever. */
const RESOLVING = Symbol('diet is resolving');

/**
 * esbuild plugin: of the Huawei SDK only what a cancel needs goes into the bundle, as `table.ts` says. A module that the
 * table does not know, or a member that a stand-in does not have, fails the build.
 */
export function diet(): Plugin {
  return {
    name: 'diet',
    setup(build) {
      build.onLoad({ filter: SDK_FILE }, ({ path }) => load(path));
      build.onResolve({ filter: /.*/ }, (args) => resolveForSdk(args, build));
    },
  };
}

async function load(path: string): Promise<OnLoadResult> {
  const module = sdkModule(path) ?? path;
  try {
    const source = await readFile(path, 'utf8');
    return { contents: edits[module]?.(source, `huaweicloud-sdk-${module}.js`) ?? source, loader: 'js' };
  } catch (error) {
    return { errors: [{ text: error instanceof Error ? error.message : String(error) }] };
  }
}

async function resolveForSdk(args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> {
  const fromSdk = sdkModule(args.importer) !== undefined;
  const toSdk = args.path.startsWith('@huaweicloud/') || (fromSdk && args.path.startsWith('.'));
  if (args.pluginData === RESOLVING || !(toSdk || fromSdk)) return undefined;
  if (!toSdk) return { errors: [{ text: unknown(args.path) }] };

  const { path, errors } = await build.resolve(args.path, { ...whence(args), pluginData: RESOLVING });
  if (errors.length > 0) return { errors };
  const module = sdkModule(path) ?? args.path;
  return kept.includes(module) ? { path } : swapped(module, args, build);
}

function whence({ kind, importer, resolveDir }: OnResolveArgs) {
  return { kind, importer, resolveDir };
}

async function swapped(module: string, args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult> {
  const swap = swaps.find((row) => row.module === module);
  if (swap === undefined) return { errors: [{ text: unknown(module) }] };
  const { code } = await build.esbuild.transform(await readFile(args.importer, 'utf8'), { loader: 'ts' });
  const texts = missing(code, nameOf(args.importer), args.path, swap);
  return texts.length > 0
    ? { errors: texts.map((text) => ({ text })) }
    : { path: join(STAND_INS, swap.standIn), sideEffects: false };
}

function unknown(module: string): string {
  return (
    `build/diet/table.ts does not know ${module}, which is asked for here: ` +
    'add it to `kept` if a cancel needs it as it is, to `swaps` with a stand-in if not'
  );
}

/** Name of an SDK file as the table has it, e.g. `core/HcClient`; `undefined` for any other file. */
function sdkModule(path: string): string | undefined {
  const [, part, name] = SDK_FILE.exec(path) ?? [];
  return part && name && `${part}/${name.replaceAll('\\', '/')}`;
}

function nameOf(path: string): string {
  const module = sdkModule(path);
  return module === undefined ? basename(path) : `huaweicloud-sdk-${module}`;
}
