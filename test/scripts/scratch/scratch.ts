import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import type { WireRequest } from '../../../lib/vod/transport.ts';
import { pruneSdk } from '../../../scripts/prune-sdk/plugin.ts';
import type { Call } from './vod-request.ts';

export const PROJECT = resolve(import.meta.dirname, '../../..');

/** An entry point that makes the functions' requests, from the project's folder. */
export const ENTRY = 'test/scripts/scratch/vod-request.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder outside the project, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vod-transcode-cancel-')));
  folders.push(folder);
  return folder;
}

const SDK = 'node_modules/@huaweicloud';

/** What the bundle of {@link ENTRY} is made of. */
const { metafile } = await build({
  entryPoints: [ENTRY],
  absWorkingDir: PROJECT,
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  plugins: [pruneSdk()],
});

/** Besides that: what says what the packages are, and modules that a changed SDK asks for. */
const COPIED = [
  ...Object.keys(metafile.inputs),
  `${SDK}/huaweicloud-sdk-vod/package.json`,
  `${SDK}/huaweicloud-sdk-vod/LICENSE`,
  `${SDK}/huaweicloud-sdk-vod/v1/model/DeleteAssetsRequest.js`,
  `${SDK}/huaweicloud-sdk-core/package.json`,
  `${SDK}/huaweicloud-sdk-core/HcClient.js`,
  `${SDK}/huaweicloud-sdk-core/auth/GlobalCredentials.js`,
];

/**
 * A project of its own with a copy of what of the SDK it needs, some files of it changed: what an upgrade may bring.
 *
 * @param changes - By file, from `huaweicloud-sdk-…` on: its new text, made from the present one (`''` for a new file).
 * @returns its folder, with the entry point {@link ENTRY} in it.
 */
export function doctoredProject(changes: Readonly<Record<string, (source: string) => string>> = {}): string {
  const root = temporaryFolder();
  for (const file of COPIED) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(PROJECT, file), join(root, file));
  }
  for (const [file, change] of Object.entries(changes)) {
    const path = join(root, SDK, file);
    writeFileSync(path, change(readOrEmpty(path)));
  }
  return root;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Signs calls in a fresh process with its clock held at given times; `printed` is all that it wrote to its console. */
export function signInChild(
  bundle: string,
  orders: readonly { readonly call: Call; readonly time: number }[],
  env: Readonly<Record<string, string>> = {},
): { readonly printed: string; readonly sent: readonly WireRequest[] } {
  // Node 20.19 and later can `require` an ES module, which would hide that a bundle is one.
  const requireModule = process.allowedNodeEnvironmentFlags.has('--experimental-require-module');
  const child = spawnSync(
    process.execPath,
    [...(requireModule ? ['--no-experimental-require-module'] : []), join(import.meta.dirname, 'sign.cjs'), bundle],
    {
      cwd: dirname(bundle),
      env: { ...env },
      input: JSON.stringify(orders),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  );
  return { printed: child.stdout + child.stderr, sent: JSON.parse(child.output[3] || '[]') as WireRequest[] };
}
