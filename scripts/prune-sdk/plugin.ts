import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, PartialMessage, Plugin, PluginBuild } from 'esbuild';
import { edits, kept, swaps } from './table.ts';

const STAND_INS = join(import.meta.dirname, 'stand-ins');
const SDK_FILE = /[\\/]node_modules[\\/]@huaweicloud[\\/]huaweicloud-sdk-(core|vod)[\\/](.+)\.js$/;

/** Marks the plugin's own resolve calls, which would otherwise come back to the plugin. */
const RESOLVING = Symbol('prune-sdk is resolving');

/**
 * esbuild plugin that keeps out of the bundle what a cancel does not need, by `table.ts`. A module of the SDK that the
 * table does not have, or an export that a stand-in does not have, fails the build with a message that says what to do.
 */
export function pruneSdk(): Plugin {
  return {
    name: 'prune-sdk',
    setup(build) {
      build.onLoad({ filter: SDK_FILE }, ({ path }) => load(path));
      build.onResolve({ filter: /.*/ }, (args) => standInFor(args) ?? resolveForSdk(args, build));
      build.onEnd(({ errors }) => ({ errors: errors.some(isAboutStandIn) ? [REMEDY] : [] }));
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

function standInFor({ path, importer }: OnResolveArgs): OnResolveResult | undefined {
  const from = importer.replaceAll('\\', '/');
  const swap = swaps.find((row) => row.module === path && from.includes(`/node_modules/${row.importer}/`));
  return swap && { path: join(STAND_INS, swap.standIn), sideEffects: false };
}

const isAboutStandIn = ({ text }: { readonly text: string }): boolean => /prune-sdk[\\/]stand-ins/.test(text);

const REMEDY: PartialMessage = {
  text: 'a stand-in does not have what is asked of it: add it there, or stop the swap in scripts/prune-sdk/table.ts',
};

async function resolveForSdk(args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> {
  const fromSdk = sdkModule(args.importer) !== undefined;
  const toSdk = args.path.startsWith('@huaweicloud/') || (fromSdk && args.path.startsWith('.'));
  if (args.pluginData === RESOLVING || !(toSdk || fromSdk)) return undefined;
  if (!toSdk) return kept.includes(args.path) ? undefined : { errors: [{ text: unknown(args.path) }] };

  const { path, errors } = await build.resolve(args.path, { ...resolveOptions(args), pluginData: RESOLVING });
  if (errors.length > 0) return { errors };
  const module = sdkModule(path) ?? args.path;
  return kept.includes(module) ? { path } : { errors: [{ text: unknown(module) }] };
}

function resolveOptions({ kind, importer, resolveDir }: OnResolveArgs) {
  return { kind, importer, resolveDir };
}

function unknown(module: string): string {
  return (
    `scripts/prune-sdk/table.ts does not know ${module}, which is asked for here: ` +
    'add it to `kept` if a cancel needs it; if not, take out what asks for it'
  );
}

/** Returns an SDK file's name in the table, for example `vod/v1/VodClient`; `undefined` for any other file. */
function sdkModule(path: string): string | undefined {
  const [, part, name] = SDK_FILE.exec(path) ?? [];
  return part && name && `${part}/${name.replaceAll('\\', '/')}`;
}
