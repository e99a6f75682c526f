import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import type { HttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/HttpClient.js';
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { ListAssetListRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/ListAssetListRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';

/** One call of VOD, as the functions make it. */
export interface Call {
  readonly method: 'cancel' | 'list';
  readonly endpoint: string;
  readonly ak: string;
  readonly sk: string;
  readonly token?: string | undefined;
  readonly projectId: string;
  readonly assetId: string;
}

/** What the SDK hands to a transport, as plain data. */
export type Sent = Record<string, unknown> & { readonly headers: Readonly<Record<string, string>> };

/**
 * Makes the SDK sign one call and gives back what it would send. The same file is imported as it is, with the SDK from
 * `node_modules`, and bundled, so that both can be compared.
 *
 * @param failure - What the transport throws in place of an answer, if anything.
 */
export async function handler(call: Call, failure?: unknown): Promise<Sent> {
  let sent: Sent | undefined;
  const transport: HttpClient = {
    async sendRequest<T>(request: IHttpRequest) {
      sent = structuredClone({ ...request }) as Sent;
      const answer = { data: {} as T, statusCode: 204, headers: {} };
      return failure === undefined ? answer : Promise.reject(failure);
    },
  };
  const credentials = new BasicCredentials().withAk(call.ak).withSk(call.sk).withProjectId(call.projectId);
  if (call.token !== undefined) credentials.withSecurityToken(call.token);
  const client = new VodClient(new HcClient(transport).withCredential(credentials).withEndpoints([call.endpoint]));
  if (call.method === 'cancel') {
    await client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(call.assetId));
  } else {
    await client.listAssetList(new ListAssetListRequest().withAssetId([call.assetId]));
  }
  if (sent === undefined) throw new Error('the SDK sent nothing');
  return sent;
}
