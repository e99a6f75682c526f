import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { CancelAssetTranscodeTaskRequest } from '@huaweicloud/huaweicloud-sdk-vod/v1/model/CancelAssetTranscodeTaskRequest.js';
import { VodClient } from '@huaweicloud/huaweicloud-sdk-vod/v1/VodClient.js';
import type { OpenClient } from './client.ts';

/**
 * The official SDK as its README says, imports included, everything at its default. The README builds a client for each
 * request; this one is built once, which is in the SDK's favour.
 */
export const open: OpenClient = ({ endpoint, ak, sk, projectId }) => {
  const credentials = new BasicCredentials().withAk(ak).withSk(sk).withProjectId(projectId);
  const client = VodClient.newBuilder().withCredential(credentials).withEndpoint(endpoint).build();
  return async (assetId) => {
    // Declared to resolve with nothing; it resolves with an object that holds the status.
    const response: unknown = await client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(assetId));
    return (response as { readonly httpStatusCode?: number }).httpStatusCode;
  };
};
