import { editRequest, editVodClient } from './vod.ts';

/** A module that a package asks for, and what it gets in its place. */
export interface Swap {
  /** The package that asks. */
  readonly importer: string;
  /** The module, as the package names it. */
  readonly module: string;
  /** File name under `stand-ins/`: exactly what is asked for, for esbuild refuses an import that it does not export. */
  readonly standIn: string;
}

/**
 * Modules of the SDK that go into the bundle, `core/…` of huaweicloud-sdk-core and `vod/…` of huaweicloud-sdk-vod, and
 * packages that those may ask for, by their names. Whatever else they ask for fails the build.
 */
export const kept: readonly string[] = [
  'vod/v1/VodClient',
  'vod/v1/model/CancelAssetTranscodeTaskRequest',
  'vod/v1/model/ListAssetListRequest',
];

/** Kept modules whose text is changed on the way, each change checked against the text it expects. */
export const edits: Readonly<Record<string, (source: string, file: string) => string>> = {
  'vod/v1/VodClient': editVodClient,
  'vod/v1/model/CancelAssetTranscodeTaskRequest': editRequest,
  'vod/v1/model/ListAssetListRequest': editRequest,
};

/** What is asked for at load and never used, with the reason. */
export const swaps: readonly Swap[] = [
  // middy asks for these in case a response is streamed, and loading them takes milliseconds of a cold start.
  { importer: '@middy/core', module: 'node:stream', standIn: 'streams.ts' },
  { importer: '@middy/core', module: 'node:stream/promises', standIn: 'streams.ts' },
  { importer: '@middy/core', module: 'node:stream/web', standIn: 'streams.ts' },
];
