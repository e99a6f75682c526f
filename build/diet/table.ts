import * as signer from './stand-ins/signer.ts';
import { editVodClient } from './vod-client.ts';

/** A module of the SDK, and what is bundled in its place. */
export interface Swap {
  /** `core/…` or `vod/…`, as in {@link kept}. */
  readonly module: string;
  /** File name under `stand-ins/`. */
  readonly standIn: string;
  /** What the stand-in exports: the build checks every use of the module against it. */
  readonly offers: object;
}

/** Modules of the SDK that go into the bundle. `core` is huaweicloud-sdk-core, `vod` is huaweicloud-sdk-vod. */
export const kept: readonly string[] = ['vod/v1/VodClient', 'vod/v1/model/CancelAssetTranscodeTaskRequest'];

/** Everything else that is asked for, with the reason. */
export const swaps: readonly Swap[] = [
  // Signs requests of any kind with the help of moment, lodash, `url.parse` and ICU's collator.
  { module: 'core/auth/AKSKSigner', standIn: 'signer.ts', offers: signer },
];

/** Kept modules whose text is changed on the way, each change checked against the text it expects. */
export const edits: Readonly<Record<string, (source: string, file: string) => string>> = {
  'vod/v1/VodClient': editVodClient,
};
