import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSET_ID, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { expectClean } from './lines.ts';
import { CLI_NODES, HostService, NODES } from './service.ts';

const CLOUD_EVENT = {
  specversion: '1.0',
  id: 'e1',
  source: '/uploads',
  type: 'vod.upload.superseded',
  data: { asset_id: ASSET_ID },
};

/**
 * Loads the package as FunctionGraph's runtime does: `require`, the initializer with two declared parameters, a handler
 * with two or three that gives a native promise, the key of the agency.
 */
const RUNTIME = `
const exported = require('./index.js');
const user = JSON.parse(process.argv[3]);
const { createContext } = require('./context.js');
const options = {
  requestId: 'r-1', timeoutMs: 9000, userData: user, projectId: '${PROJECT_ID}',
  agency: { accessKey: user.HUAWEICLOUD_SDK_AK, secretKey: user.HUAWEICLOUD_SDK_SK, securityToken: '' },
};
const context = createContext(options);
const report = (outcome) => process.stderr.write(JSON.stringify({ lengths: [exported.handler.length, exported.initializer.length], ...outcome }));
exported.initializer(createContext({ ...options, requestId: '' }), (error) => {
  if (error !== null) throw new Error('the initializer failed');
  const promise = exported.handler(JSON.parse(process.argv[2]), context);
  if (!(promise instanceof Promise)) throw new Error('not a native promise');
  promise.then((value) => report({ value }), (thrown) => report({ thrown: String(thrown) }));
});
`;

const PROJECT = resolve(import.meta.dirname, '../..');

/** Node 20.15 reads no TypeScript. */
const CONTEXT = join(PROJECT, 'local/gateway/context.ts');

let service: HostService;

beforeAll(async () => {
  service = await HostService.create();
  for (const name of ['cancel-http', 'cancel-superseded']) {
    const folder = join(service.folder, 'dist', name);
    await writeFile(join(folder, 'runtime.js'), RUNTIME);
    await build({ entryPoints: [CONTEXT], outfile: join(folder, 'context.js'), format: 'cjs' });
    await chmod(join(service.folder, 'dist', name), 0o555);
  }
});

afterAll(async () => {
  for (const name of ['cancel-http', 'cancel-superseded']) await chmod(join(service.folder, 'dist', name), 0o755);
  await service.close();
});

/** Root writes into any folder, so the process itself is denied every write. */
const readOnly = (version: string): string[] => [
  Number(version.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission',
  '--allow-fs-read=*',
  // It tells that the permission model is an experiment; a host has no such flag.
  '--disable-warning=ExperimentalWarning',
];

const load = async (node: string, name: string, event: unknown, env: Record<string, string> = {}) => {
  const command = NODES[node] ?? '';
  const { stdout: version } = await promisify(execFile)(command, ['-p', 'process.versions.node']);
  const noEsm = version.startsWith('20.15') ? [] : ['--no-experimental-require-module'];
  const flags = [...readOnly(version), ...noEsm];
  const settings = settingsFor(service.vod.origin, env);
  const { stdout, stderr } = await promisify(execFile)(
    command,
    [...flags, 'runtime.js', JSON.stringify(event), JSON.stringify(settings)],
    { cwd: join(service.folder, 'dist', name), env: {} },
  );
  for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  expectClean(stdout + stderr);
  return JSON.parse(stderr) as { lengths: number[]; value?: unknown; thrown?: string };
};

describe.each(['Node 20.15', 'this Node', 'Node 22', 'Node 24'])(
  'the package, loaded as FunctionGraph does, on %s',
  (node) => {
    it('cancels for a gateway, and writes no file', async () => {
      service.vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
      const before = await readdir(join(service.folder, 'dist/cancel-http'));
      const { lengths, value } = await load(node, 'cancel-http', apigEvent());
      expect(lengths).toEqual([2, 2]);
      expect(value).toMatchObject({ statusCode: 200, isBase64Encoded: false, body: expect.any(String) });
      expect(await readdir(join(service.folder, 'dist/cancel-http'))).toEqual(before);
    });

    it('cancels for EventGrid, and throws what should be kept', async () => {
      service.vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
      const done = await load(node, 'cancel-superseded', CLOUD_EVENT);
      expect(done).toMatchObject({ lengths: [2, 2], value: { summary: { cancelled: 1 } } });
      service.vod.inject('forbidden-10074');
      const kept = await load(node, 'cancel-superseded', CLOUD_EVENT);
      expect(kept.thrown).toMatch(/^CancelIncompleteError: .*VOD\.10074/);
    });
  },
);

describe.each(CLI_NODES)('osls package for FunctionGraph on %s', (node) => {
  it('makes the bytes that it makes on every Node', async () => {
    const { status, stdout, stderr } = await service.run(node, ['package']);
    expect(status, stdout + stderr).toBe(0);
    for (const name of ['rfs.zip', 'cancel-http.zip', 'cancel-superseded.zip'])
      expect(await readFile(join(service.folder, '.serverless', name))).toEqual(
        await readFile(join(PROJECT, '.serverless', name)),
      );
  });
});
