import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { buildZips, zip } from './build.ts';
import { compile, terraformFile } from './compile.ts';
import type { JsonObject } from './expressions.ts';
import { type Host, refuse } from './host.ts';

/** RFS's limit on a template, before and after it is unpacked. */
const RFS_LIMIT = 1024 * 1024;

/** Where a command finds what `package` wrote, and what stays after it: state, and values of variables. */
export function foldersOf({ service, serviceDir, options }: Host) {
  const output = resolve(serviceDir, options.package ?? '.serverless');
  const kept = join(serviceDir, '.huawei');
  const { stage } = service.provider;
  return {
    output,
    terraform: join(output, 'terraform'),
    kept,
    state: join(kept, `${stage}.tfstate`),
    values: join(kept, `${stage}.tfvars`),
  };
}

/** Reads the files of `custom.huawei.terraform`, by their names. */
async function ownFiles({ service, serviceDir }: Host): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of service.custom?.huawei?.terraform ?? []) {
    const text = await readFile(resolve(serviceDir, path), 'utf8').catch(() => undefined);
    if (text === undefined) refuse([`at 'custom.huawei.terraform': cannot read ${path}`]);
    if (files.has(basename(path))) refuse([`at 'custom.huawei.terraform': two files are named ${basename(path)}`]);
    files.set(basename(path), text ?? '');
  }
  return files;
}

const json = (value: JsonObject): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes the zips, `terraform/` and `rfs.zip`. It needs no network, no credentials and no values of variables.
 *
 * @param zipsOf - zips the functions
 */
export async function writePackage(host: Host, zipsOf = buildZips): Promise<void> {
  const { output, terraform, state } = foldersOf(host);
  const { provider, functions, custom } = host.service;
  const zips = await zipsOf(host);
  const common: [string, string][] = [...(await ownFiles(host)), ['main.tf.json', json(compile(host.service, zips))]];
  const backend = custom?.huawei?.backend ?? { local: { path: relative(terraform, state) } };

  await mkdir(terraform, { recursive: true });
  // What the engine keeps there, the provider above all, stays.
  for (const name of await readdir(terraform)) if (/\.tf(\.json)?$/.test(name)) await rm(join(terraform, name));
  for (const [name, text] of [...common, ['terraform.tf.json', json(terraformFile('cli', provider, backend))] as const])
    await writeFile(join(terraform, name), text);

  const rfs = [...common, ['terraform.tf.json', json(terraformFile('rfs', provider))] as const];
  const size = rfs.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  if (size > RFS_LIMIT)
    host.notice(
      `rfs.zip has ${size} bytes unpacked; RFS takes ${RFS_LIMIT}: use osls deploy, or leave a file out of custom.huawei.terraform`,
    );
  await writeFile(join(output, 'rfs.zip'), zip(rfs.map(([name, text]) => [name, Buffer.from(text)])));

  for (const [key, fn] of Object.entries(functions)) {
    const artifact = join(output, `${key}.zip`);
    await writeFile(artifact, zips.get(key) ?? '');
    // Nothing is left to zip for osls.
    fn.package = { artifact };
  }
}
