import type { PutAsset } from './vod/assets.ts';
import type { Account } from './vod/authentication.ts';

/** The stand-in's only account, with a visibly fake key. */
export const SEEDED_ACCOUNT = {
  ak: 'AK-EXAMPLE-LOCAL',
  sk: 'SK-EXAMPLE-NOT-A-SECRET',
  projectId: '0123456789abcdef0123456789abcdef',
} as const satisfies Account;

/** The asset of the README. It waits until it is cancelled. */
export const SEEDED_ASSET_ID = '850883081a2e7255715ef81ae7c34338';

interface Seed extends PutAsset {
  readonly about: string;
}

/** One asset for each case that a cancel can meet. */
export const SEEDED_ASSETS: Readonly<Record<string, Seed>> = {
  [SEEDED_ASSET_ID]: { transcodeStatus: 'WAITING_TRANSCODE', about: 'waits until it is cancelled' },
  '10000000000000000000000000000001': {
    transcodeStatus: 'WAITING_TRANSCODE',
    waitMs: 15_000,
    transcodeMs: 30_000,
    about: 'waits for 15 s',
  },
  '20000000000000000000000000000002': {
    transcodeStatus: 'TRANSCODING',
    transcodeMs: Number.POSITIVE_INFINITY,
    about: 'transcoding',
  },
  '30000000000000000000000000000003': {
    transcodeStatus: 'TRANSCODE_SUCCEED',
    assetStatus: 'PUBLISHED',
    about: 'is transcoded and published',
  },
  '40000000000000000000000000000004': { transcodeStatus: 'TRANSCODE_FAILED', about: 'failed to transcode' },
  '50000000000000000000000000000005': { transcodeStatus: 'UN_TRANSCODE', about: 'was never queued' },
  '60000000000000000000000000000006': {
    transcodeStatus: 'UN_TRANSCODE',
    assetStatus: 'CREATING',
    about: 'is still being uploaded',
  },
  '70000000000000000000000000000007': { transcodeStatus: 'UN_TRANSCODE', assetStatus: 'DELETED', about: 'was deleted' },
};
