import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';
import type { OpenClient } from '../protocol.ts';

/**
 * The official SDK as its README says, with its imports and defaults. The README builds a client for each request. This
 * one is built once, which is faster.
 */
export const open: OpenClient = ({ endpoint, ak, sk, projectId }) => {
  const credentials = new BasicCredentials().withAk(ak).withSk(sk).withProjectId(projectId);
  const client = VodClient.newBuilder().withCredential(credentials).withEndpoint(endpoint).build();
  return async (assetId) => {
    // The type says that it resolves with nothing. It resolves with an object that has the status.
    const response: unknown = await client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(assetId));
    return (response as { readonly httpStatusCode?: number }).httpStatusCode;
  };
};
