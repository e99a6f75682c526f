import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** Packages that the figures depend on. */
const PACKAGES = [
  '@huaweicloud/huaweicloud-sdk-vod',
  '@huaweicloud/huaweicloud-sdk-core',
  '@middy/core',
  'esbuild',
] as const;

/** The conditions of a run, without anything that identifies the machine's owner. */
export type Circumstances = readonly (readonly [name: string, value: string])[];

/** Describes the machine. Call it before the bench, so that the load is not the bench's own. */
export async function describeMachine(now: Date): Promise<Circumstances> {
  const processors = cpus();
  const versions = await Promise.all(PACKAGES.map(async (name) => `${name} ${await versionOf(name)}`));
  return [
    ['date', now.toISOString().slice(0, 10)],
    ['processor', `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`],
    ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['system', `${type()} ${release().split('-')[0]}, ${process.arch}`],
    ['load before the run', (loadavg()[0] ?? 0).toFixed(2)],
    ['Node', process.version],
    ['packages', versions.join(', ')],
  ];
}

const require = createRequire(import.meta.url);

/** Returns the version of the installed package. */
async function versionOf(name: string): Promise<string> {
  const folder = require.resolve.paths(name)?.map((path) => `${path}/${name}/package.json`) ?? [];
  for (const path of folder) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return String((JSON.parse(text) as { readonly version?: unknown }).version);
  }
  throw new Error(`${name} is not installed`);
}
