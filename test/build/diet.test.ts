import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { diet } from '../../build/diet/plugin.ts';
import { kept, swaps } from '../../build/diet/table.ts';
import { doctoredProject, ENTRY, PROJECT } from './scratch/scratch.ts';

const VOD_CLIENT = 'huaweicloud-sdk-vod/v1/VodClient.js';
const MODEL = 'huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
/** From the folder with the SDK. */
const REQUEST = '../../lib/vod/request.ts';

type Change = (source: string) => string;

/** Puts a statement where a module has its last line. */
const withStatement =
  (statement: string): Change =>
  (source) =>
    source.replace(/(?=\/\/# sourceMappingURL|$)/, `${statement}\n`);

const replacing =
  (from: string, to: string, more = ''): Change =>
  (source) => {
    expect(source).toContain(from);
    return `${source.replace(from, to)}\n${more}\n`;
  };

describe('an SDK, or a use of it, that has changed stops the build and says what to do', () => {
  it.each<[what: string, file: string, change: Change, message: string | RegExp]>([
    [
      'asks a stand-in for an export it lacks',
      REQUEST,
      replacing('import { AKSKSigner }', 'import { AKSKSigner, RequiredError as Missing }', 'new Missing();'),
      'request.ts asks core/auth/AKSKSigner for `RequiredError`, which build/diet/stand-ins/signer.ts does not have: ' +
        'add it there, or stop the swap in build/diet/table.ts',
    ],
    [
      'asks a stand-in for a member it lacks',
      REQUEST,
      replacing('AKSKSigner.sign(', 'AKSKSigner.signAll('),
      'asks core/auth/AKSKSigner for `AKSKSigner.signAll`',
    ],
    [
      'uses a swapped module in a form that cannot be checked',
      REQUEST,
      withStatement('export const signers = [AKSKSigner];'),
      'asks core/auth/AKSKSigner for itself, in a form that build/diet/uses.ts cannot read',
    ],
    [
      'imports a swapped module in a form that cannot be checked',
      MODEL,
      withStatement('exports.signer = require("@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner");'),
      'huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest asks core/auth/AKSKSigner for itself, in a form',
    ],
    [
      'imports a package the table does not know',
      MODEL,
      withStatement('const got_1 = require("got");'),
      'build/diet/table.ts does not know got, which is asked for here: add it to `kept`',
    ],
    [
      'imports a module of Node the table does not know',
      MODEL,
      withStatement('const os_1 = require("node:os");'),
      'build/diet/table.ts does not know node:os, which is asked for here',
    ],
    [
      'imports a module of its core the table does not know',
      MODEL,
      withStatement('const client_1 = require("@huaweicloud/huaweicloud-sdk-core/HcClient");'),
      'build/diet/table.ts does not know core/HcClient, which is asked for here',
    ],
    [
      'imports a module of its own the table does not know',
      MODEL,
      withStatement('const more_1 = require("./DeleteAssetsRequest");'),
      'build/diet/table.ts does not know vod/v1/model/DeleteAssetsRequest, which is asked for here',
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
      'build/diet/table.ts does not know core/auth/GlobalCredentials',
    );
  });

  it('lets an SDK through that has not', async () => {
    const root = doctoredProject();
    await bundle([join(root, ENTRY)], join(root, 'dist'), { root });
    expect(existsSync(join(root, 'dist/vod-request/index.js'))).toBe(true);
  });
});

describe('the table', () => {
  it('swaps for the SDK only: the project gets what it imports', async () => {
    const root = doctoredProject({ '../../own.ts': () => "export { format } from 'node:url'; export * from 'fs';" });
    await bundle([join(root, 'own.ts')], join(root, 'dist'), { root, minify: false });
    expect(existsSync(join(root, 'dist/own/index.js'))).toBe(true);
  });

  it('has no row that nothing asks for any more', async () => {
    const { metafile } = await build({
      entryPoints: [join(PROJECT, ENTRY)],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      plugins: [diet()],
    });
    const inputs = Object.keys(metafile.inputs).join('\n');
    for (const module of kept) expect(inputs).toContain(`/huaweicloud-sdk-${module}.js`);
    const asked = Object.values(metafile.inputs).flatMap((input) =>
      input.imports.map(({ original }) => original ?? ''),
    );
    for (const { module, standIn } of swaps) {
      expect(inputs).toContain(`/stand-ins/${standIn}`);
      const specifier = `@huaweicloud/huaweicloud-sdk-${module}.js`;
      expect(asked.filter((path) => path === specifier)).not.toEqual([]);
    }
  });
});
