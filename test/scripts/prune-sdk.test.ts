import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';
import { pruneSdk } from '../../scripts/prune-sdk/plugin.ts';
import { kept, swaps } from '../../scripts/prune-sdk/table.ts';
import { doctoredProject, ENTRY, PROJECT } from './scratch/scratch.ts';

const VOD_CLIENT = 'huaweicloud-sdk-vod/v1/VodClient.js';
const MODEL = 'huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';

type Change = (source: string) => string;

/** Puts a statement where a module has its last line. */
const withStatement =
  (statement: string): Change =>
  (source) =>
    source.replace(/(?=\/\/# sourceMappingURL|$)/, `${statement}\n`);

const replacing =
  (from: string, to: string): Change =>
  (source) => {
    expect(source).toContain(from);
    return source.replace(from, to);
  };

describe('an SDK that has changed stops the build and says what to do', () => {
  it.each<[what: string, file: string, change: Change, message: string | RegExp]>([
    [
      'imports a package the table does not know',
      MODEL,
      withStatement('const got_1 = require("got");'),
      'scripts/prune-sdk/table.ts does not know got, which is asked for here: add it to `kept` if a cancel needs it; ' +
        'if not, take out what asks for it',
    ],
    [
      'imports a module of Node the table does not know',
      MODEL,
      withStatement('const os_1 = require("node:os");'),
      'scripts/prune-sdk/table.ts does not know node:os, which is asked for here',
    ],
    [
      'imports a module of its core the table does not know',
      MODEL,
      withStatement('const client_1 = require("@huaweicloud/huaweicloud-sdk-core/HcClient");'),
      'scripts/prune-sdk/table.ts does not know core/HcClient, which is asked for here',
    ],
    [
      'imports a module of its own the table does not know',
      MODEL,
      withStatement('const more_1 = require("./DeleteAssetsRequest");'),
      'scripts/prune-sdk/table.ts does not know vod/v1/model/DeleteAssetsRequest, which is asked for here',
    ],
    [
      'imports a module of its own that is not there',
      MODEL,
      withStatement('const gone_1 = require("./gone");'),
      /Could not resolve|not resolve.*gone/,
    ],
    [
      'has no method of that name any more',
      VOD_CLIENT,
      (source) => source.replaceAll('cancelAssetTranscodeTask', 'cancelTranscode'),
      'huaweicloud-sdk-vod/v1/VodClient.js has no method cancelAssetTranscodeTask any more',
    ],
    [
      'has its methods written in another way',
      VOD_CLIENT,
      replacing('VodClient.prototype.publishAssets = function', "VodClient.prototype['publishAssets'] = function"),
      'huaweicloud-sdk-vod/v1/VodClient.js does not have the text "VodClient.prototype.publishAssets = function',
    ],
    [
      'has its parameters written in another way',
      MODEL,
      replacing('.prototype, "authorization"', ".prototype, 'authorization'"),
      'CancelAssetTranscodeTaskRequest.js does not have the text "Object.defineProperty(CancelAssetTranscodeTaskRequest',
    ],
  ])('%s', async (_, file, change, message) => {
    const root = doctoredProject({ [file]: change });
    const outdir = join(root, 'dist');
    await expect(bundle([join(root, ENTRY)], outdir, { root })).rejects.toThrow(message);
    expect(existsSync(outdir)).toBe(false);
  });

  it('stops it as well when the project itself imports an unknown module of the SDK', async () => {
    const root = doctoredProject({
      '../../more.ts': () => "export * from '@huaweicloud/huaweicloud-sdk-core/auth/GlobalCredentials.js';",
    });
    await expect(bundle([join(root, 'more.ts')], join(root, 'dist'), { root })).rejects.toThrow(
      'scripts/prune-sdk/table.ts does not know core/auth/GlobalCredentials',
    );
  });

  it('lets an SDK through that has not', async () => {
    const root = doctoredProject();
    await bundle([join(root, ENTRY)], join(root, 'dist'), { root });
    expect(existsSync(join(root, 'dist/vod-request/index.js'))).toBe(true);
  });
});

describe('a stand-in', () => {
  const withMiddy = (imports: string): string => {
    const root = doctoredProject({ '../../main.ts': () => "export { a } from '@middy/core';" });
    const folder = join(root, 'node_modules/@middy/core');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"@middy/core","version":"1.0.0","license":"MIT"}');
    writeFileSync(join(folder, 'LICENSE'), 'MIT');
    writeFileSync(join(folder, 'index.js'), `${imports}\nexport const a = 1;`);
    return root;
  };

  it('that is asked for an export it lacks stops the build and says what to do', async () => {
    const root = withMiddy("import { Transform } from 'node:stream';\nexport const b = new Transform();");
    const built = bundle([join(root, 'main.ts')], join(root, 'dist'), { root });
    await expect(built).rejects.toThrow('No matching export in');
    await expect(built).rejects.toThrow('a stand-in does not have what is asked of it: add it there, or stop the swap');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('is not in the way of anything else', async () => {
    const root = withMiddy("import { pipeline } from 'node:stream/promises';\nexport const b = pipeline;");
    await bundle([join(root, 'main.ts')], join(root, 'dist'), { root });
    expect(existsSync(join(root, 'dist/main/index.js'))).toBe(true);
  });
});

describe('the table', () => {
  it('is about the SDK and middy only: the project gets what it imports', async () => {
    const root = doctoredProject({
      '../../own.ts': () => "export { format } from 'node:url'; export { Transform } from 'node:stream';",
    });
    await bundle([join(root, 'own.ts')], join(root, 'dist'), { root, minify: false });
    const code = readFileSync(join(root, 'dist/own/index.js'), 'utf8');
    expect(code).toContain('require("node:stream")');
  });

  it('has no row that nothing asks for any more', async () => {
    const { metafile } = await build({
      entryPoints: [join(PROJECT, 'functions/cancel-http.ts')],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      plugins: [pruneSdk()],
    });
    const inputs = Object.entries(metafile.inputs);
    for (const module of kept) expect(inputs.map(([path]) => path).join()).toContain(`/huaweicloud-sdk-${module}.js`);
    for (const { importer, module, standIn } of swaps) {
      const imports = inputs.filter(([path]) => path.includes(`/${importer}/`)).flatMap(([, input]) => input.imports);
      const paths = imports.filter(({ original }) => original === module).map(({ path }) => path);
      expect(paths.join()).toContain(`stand-ins/${standIn}`);
    }
  });
});
