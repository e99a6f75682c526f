import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import type { HttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/HttpClient.js';
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { ListAssetListRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/ListAssetListRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';
import type { Call } from './vod-request.ts';

/** What the SDK as it is installed, used as its README says, hands to a transport for a call. */
export async function requestOfWholeSdk({
  method,
  endpoint,
  ak,
  sk,
  token,
  projectId,
  assetId,
}: Call): Promise<IHttpRequest> {
  let sent: IHttpRequest | undefined;
  const transport: HttpClient = {
    async sendRequest<T>(request: IHttpRequest) {
      sent = request;
      return { data: {} as T, statusCode: 204, headers: {} };
    },
  };
  const credentials = new BasicCredentials().withAk(ak).withSk(sk).withProjectId(projectId);
  if (token !== undefined) credentials.withSecurityToken(token);
  const client = new VodClient(new HcClient(transport).withCredential(credentials).withEndpoints([endpoint]));
  if (method === 'cancel') {
    await client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(assetId));
  } else {
    await client.listAssetList(new ListAssetListRequest().withAssetId([assetId]));
  }
  if (sent === undefined) throw new Error('the SDK sent nothing');
  return sent;
}
