import { editRequest, editVodClient } from './vod.ts';

/** A module that a package imports, and its replacement. */
interface Swap {
  /** The importing package. */
  readonly importer: string;
  /** The module's name in the import. */
  readonly module: string;
  /** File under `stand-ins/`. It must have every imported name, because esbuild refuses a missing export. */
  readonly standIn: string;
}

/**
 * Modules of the SDK that go into the bundle, `core/…` of huaweicloud-sdk-core and `vod/…` of huaweicloud-sdk-vod, and
 * packages that those may import, by their names. Any other import fails the build.
 */
export const kept: readonly string[] = [
  'vod/v1/VodClient',
  'vod/v1/model/CancelAssetTranscodeTaskRequest',
  'vod/v1/model/ListAssetListRequest',
];

/** Changes in the text of kept modules. Each change checks the text that it expects. */
export const edits: Readonly<Record<string, (source: string, file: string) => string>> = {
  'vod/v1/VodClient': editVodClient,
  'vod/v1/model/CancelAssetTranscodeTaskRequest': editRequest,
  'vod/v1/model/ListAssetListRequest': editRequest,
};

/** Modules that are imported and never used. */
export const swaps: readonly Swap[] = [
  // middy imports these for streamed responses. Loading them takes milliseconds of a cold start.
  { importer: '@middy/core', module: 'node:stream', standIn: 'streams.ts' },
  { importer: '@middy/core', module: 'node:stream/promises', standIn: 'streams.ts' },
  { importer: '@middy/core', module: 'node:stream/web', standIn: 'streams.ts' },
];
