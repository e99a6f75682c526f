import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { diet } from '../../build/diet/plugin.ts';
import { kept, swaps } from '../../build/diet/table.ts';
import { doctoredProject, SDK_CALL } from './scratch/scratch.ts';

const SIGNER = 'huaweicloud-sdk-core/auth/AKSKSigner.js';
const CLIENT = 'huaweicloud-sdk-core/HcClient.js';
const VOD_CLIENT = 'huaweicloud-sdk-vod/v1/VodClient.js';

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
      'asks a stand-in for a function it lacks',
      SIGNER,
      withStatement('function more() { return _.merge({}, {}); }'),
      'huaweicloud-sdk-core/auth/AKSKSigner asks lodash for `merge`, which build/diet/stand-ins/lodash.ts does not have: ' +
        'add it there, or stop the swap in build/diet/table.ts',
    ],
    [
      'asks the default export of a stand-in for a member it lacks',
      SIGNER,
      replacing('url_1.default.parse(request.endpoint, true)', 'url_1.default.resolve(request.endpoint, "/")'),
      'asks url for `default.resolve`, which build/diet/stand-ins/url.ts does not have',
    ],
    [
      'asks what a stand-in returns for a method it lacks',
      SIGNER,
      replacing(
        '(0, moment_1.default)().utcOffset(0).format(',
        '(0, moment_1.default)().utcOffset(0).add(1, "h").format(',
      ),
      'asks moment for `add` on a result of `default`, which build/diet/stand-ins/moment.ts does not have',
    ],
    [
      'asks a class that is left out for a static member it lacks',
      'huaweicloud-sdk-core/auth/BaseCredentials.js',
      replacing('DerivedAKSKSigner_1.DerivedAKSKSigner.sign(', 'DerivedAKSKSigner_1.DerivedAKSKSigner.signAll('),
      'asks core/auth/DerivedAKSKSigner for `DerivedAKSKSigner.signAll`',
    ],
    [
      'uses a swapped module in a form that cannot be checked',
      SIGNER,
      withStatement('exports.helpers = _;'),
      'asks lodash for itself, in a form that build/diet/uses.ts cannot read',
    ],
    [
      'imports a swapped module in a form that cannot be checked',
      SIGNER,
      withStatement('const { merge } = require("lodash");'),
      'asks lodash for itself, in a form that build/diet/uses.ts cannot read',
    ],
    [
      'imports a package the table does not know',
      CLIENT,
      withStatement('const got_1 = require("got");'),
      'build/diet/table.ts does not know got, which is asked for here: add it to `kept`',
    ],
    [
      'imports a module of Node the table does not know',
      CLIENT,
      withStatement('const os_1 = require("node:os");'),
      'build/diet/table.ts does not know os, which is asked for here',
    ],
    [
      'imports a module of its own the table does not know',
      CLIENT,
      withStatement('const constant_1 = require("./utils/constant");'),
      'build/diet/table.ts does not know core/utils/constant, which is asked for here',
    ],
    [
      'imports a module of its own that is not there',
      CLIENT,
      withStatement('const gone_1 = require("./utils/gone");'),
      /Could not resolve|not resolve.*utils\/gone/,
    ],
    [
      'sorts the headers in another way',
      SIGNER,
      replacing('.localeCompare(', '.compareTo('),
      'huaweicloud-sdk-core/auth/AKSKSigner.js does not have the text "headers.sort(',
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
    await expect(bundle([join(root, 'sdk-call.ts')], outdir, { root })).rejects.toThrow(message);
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
    await bundle([join(root, 'sdk-call.ts')], join(root, 'dist'), { root });
    expect(existsSync(join(root, 'dist/sdk-call/index.js'))).toBe(true);
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
      entryPoints: [SDK_CALL],
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
      const name = module.replace(/\/index$/, '').replace(/^.*\//, '');
      expect(asked.filter((path) => path === name || path.endsWith(`/${name}`))).not.toEqual([]);
    }
  });
});
