import { own, parseJson } from '../../lib/json.ts';
import { type Answer, errorAnswer } from './answers.ts';
import type { Asset, AssetStore, Change } from './assets.ts';
import type { RecordedCall } from './calls.ts';

/** The most ids that VOD reads in one list call (API reference of ListAssetList, `asset_id`). */
const MAX_LISTED_IDS = 10;

/** An authenticated request, as the operations need it. */
interface AdmittedRequest {
  readonly call: RecordedCall;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

type OperationHandler = (assets: AssetStore, request: AdmittedRequest) => Answer;

const ILLEGAL_PARAMETER = errorAnswer(400, 'VOD.10053');

/** The table of codes gives VOD.10083 the status 403, the page of the cancel call 400. The stand-in uses 400. */
const REFUSALS: Readonly<Record<Exclude<Change, 'done'>, Answer>> = {
  refused: errorAnswer(400, 'VOD.10083'),
  unknown: errorAnswer(403, 'VOD.10062'),
};

const idsOf = (query: URLSearchParams): string[] => query.getAll('asset_id').filter((value) => value !== '');

/** Records the result of the call. */
function settle(call: RecordedCall, change: Change, done: Answer): Answer {
  call.applied = change === 'done';
  return change === 'done' ? done : REFUSALS[change];
}

const cancel: OperationHandler = (assets, { call, query }) => {
  const [assetId, ...more] = idsOf(query);
  if (assetId === undefined || more.length > 0) return ILLEGAL_PARAMETER;
  return settle(call, assets.cancel(assetId), { status: 204 });
};

const queue: OperationHandler = (assets, { call, body }) => {
  const assetId = own(parseJson(body.toString()), 'asset_id');
  if (typeof assetId !== 'string') return ILLEGAL_PARAMETER;
  call.assetId = assetId;
  return settle(call, assets.queue(assetId), { status: 202, body: { asset_id: assetId } });
};

/** VOD's AssetSummary, with its reliable fields. */
export const assetSummary = ({ assetId, assetStatus, transcodeStatus }: Asset) => ({
  asset_id: assetId,
  title: `video-${assetId.slice(0, 8)}`,
  description: '',
  duration: 126,
  size: 24_117_248,
  category: 'Other',
  create_time: '20260102030405',
  asset_status: assetStatus,
  transcode_status: transcodeStatus,
  media_type: 'MP4',
});

const list: OperationHandler = (assets, { query }) => {
  const ids = idsOf(query);
  if (ids.length > MAX_LISTED_IDS) return ILLEGAL_PARAMETER;
  const found =
    ids.length === 0 ? assets.list() : ids.map((id) => assets.get(id)).filter((asset) => asset !== undefined);
  return { status: 200, body: { total: found.length, assets: found.map(assetSummary) } };
};

export const OPERATIONS = { cancel, queue, list } as const satisfies Record<string, OperationHandler>;
