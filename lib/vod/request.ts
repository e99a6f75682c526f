import type { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { ListAssetListRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/ListAssetListRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';
import type { Credentials } from './credentials.ts';
import { canonicalQuery, type QueryParams } from './query.ts';
import { signedHeaders } from './signer.ts';
import type { WireRequest } from './transport.ts';

/** Whose VOD is called, and where. */
export interface VodTarget {
  /** Scheme, host and port, without a slash at the end. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly credentials: Credentials;
}

/** The SDK's own user agent contains the operating system, the locale and an id that it writes to the home folder. */
const USER_AGENT = 'vod-transcode-cancel';

/** A call as the SDK describes it, without project and key. */
interface Call {
  readonly method: string;
  /** The path, with the placeholder `{project_id}`. */
  readonly url: string;
  readonly contentType: string;
  readonly queryParams: QueryParams;
  readonly data: object;
}

/** The SDK's client with a sender that sends nothing: a call returns its description. */
const sdk = new VodClient({ sendRequest: (call: unknown) => call } as unknown as HcClient);

/** `DELETE /v1.0/{project_id}/asset/process?asset_id=…`, signed now. */
export function cancelRequest(target: VodTarget, assetId: string): WireRequest {
  return signed(target, sdk.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(assetId)));
}

/** `GET /v1.0/{project_id}/asset/list?asset_id=…`, signed now. */
export function statusRequest(target: VodTarget, assetId: string): WireRequest {
  return signed(target, sdk.listAssetList(new ListAssetListRequest().withAssetId([assetId])));
}

/** Turns a described call into a request of one project, signed with one key. */
function signed({ endpoint, projectId, credentials }: VodTarget, described: unknown): WireRequest {
  const { method, url, queryParams, contentType, data } = described as Call;
  const query = canonicalQuery(queryParams);
  const path = url.replace('{project_id}', projectId);
  // The SDK signs, and expects to send, the body `{}` with a GET and no body with a DELETE.
  const body = method === 'DELETE' ? undefined : JSON.stringify(data);
  const unsigned = { origin: endpoint, method, path, query, projectId, contentType, body };
  const headers = signedHeaders(unsigned, credentials);
  headers['accept'] = 'application/json';
  // Without it a server may compress its answer (RFC 9110 §12.5.3).
  headers['accept-encoding'] = 'identity';
  headers['user-agent'] = USER_AGENT;
  return { method, origin: endpoint, path: `${path}?${query}`, headers, body };
}
