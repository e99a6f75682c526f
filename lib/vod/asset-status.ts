import { TRANSCODE_STATUSES, type TranscodeStatus } from '../cancel/outcome.ts';
import type { AssetStatus } from '../cancel/vod-port.ts';
import { own, parseObject } from '../json.ts';
import type { WireAnswer } from './transport.ts';

/**
 * Reads one asset's state from an answer of the asset list (`assets[]`, AssetSummary). Only this API separates the
 * state of the transcode from the state of the asset.
 *
 * @returns undefined if the answer is not a list, lacks the asset, or has a status that VOD does not document
 */
export function readAssetStatus({ status, body }: WireAnswer, assetId: string): AssetStatus | undefined {
  const assets = status === 200 ? parseObject(body)?.['assets'] : undefined;
  if (!Array.isArray(assets)) return undefined;
  const asset: unknown = assets.find((one: unknown) => own(one, 'asset_id') === assetId);
  const transcodeStatus = own(asset, 'transcode_status');
  if (!isTranscodeStatus(transcodeStatus)) return undefined;
  return { transcodeStatus, uploading: own(asset, 'asset_status') === 'CREATING' };
}

const isTranscodeStatus = (value: unknown): value is TranscodeStatus =>
  (TRANSCODE_STATUSES as readonly unknown[]).includes(value);
