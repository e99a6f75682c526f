import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { type Host, UserError } from './host.ts';
import type { FunctionConfig } from './schema.ts';

/**
 * Zips files. The bytes depend on names and contents alone: fflate compresses in JavaScript, so Node's own zlib, which
 * differs from version to version, does not matter.
 *
 * @param files - name and contents, `/` between folders
 */
export function zip(files: Iterable<readonly [name: string, contents: Uint8Array]>): Buffer {
  const sorted = Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  // The format's first day in local time, which is what fflate writes; made on Unix (3), a file that everybody may read.
  const entry = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 * 0x10000 } as const;
  return Buffer.from(zipSync(sorted, entry));
}

/** A build needs no keys to the cloud, and it runs code of every dependency. */
const withoutCredentials = (env: Host['env']): Host['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:HUAWEICLOUD_SDK|HW|OS|AWS|TF_VAR)_/.test(name)));

/** Runs `custom.huawei.build`, split at spaces and read by no shell. Its output goes to standard error. */
async function runBuild({ service, serviceDir, env, notice }: Host): Promise<void> {
  const build = service.custom?.huawei?.build;
  if (build === undefined) return;
  const [command = '', ...args] = build.trim().split(/\s+/);
  notice(`Building: ${build}`);
  const child = spawn(command, args, { cwd: serviceDir, env: withoutCredentials(env), stdio: ['ignore', 2, 2] });
  const outcome = await once(child, 'exit').then(
    ([status, signal]: (number | string | null)[]) => signal ?? status,
    (error: Error) => error.message,
  );
  if (outcome !== 0) throw new UserError(`The build failed (${outcome}): ${build}`, 'BUILD_FAILED');
}

/** Zips the file of the handler and what `include` names, and nothing else of the folder: a stray file cannot leak. */
async function zipFunction(key: string, fn: FunctionConfig, serviceDir: string): Promise<Buffer> {
  const names = [`${fn.handler.split('.')[0]}.js`, ...(fn.include ?? [])];
  const contents = names.map(async (name): Promise<[string, Buffer]> => {
    try {
      return [name, await readFile(join(resolve(serviceDir, fn.bundle), name))];
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
      throw new UserError(
        `at 'functions.${key}.bundle': cannot read ${name} (${reason}). Does custom.huawei.build write it there?`,
        'BUNDLE_MISSING',
      );
    }
  });
  return zip(await Promise.all(contents));
}

/** The zips by the key of their function. */
type Zips = ReadonlyMap<string, Buffer>;

async function zipAll({ service, serviceDir }: Host): Promise<Zips> {
  const zips = new Map<string, Buffer>();
  for (const [key, fn] of Object.entries(service.functions)) zips.set(key, await zipFunction(key, fn, serviceDir));
  return zips;
}

/** Builds the service and zips its functions. */
export async function buildZips(host: Host): Promise<Zips> {
  await runBuild(host);
  return zipAll(host);
}

/** Zips the functions as they are, for a command that needs no new code. It builds only if a file is missing. */
export const zipsAsTheyAre = (host: Host): Promise<Zips> => zipAll(host).catch(() => buildZips(host));
