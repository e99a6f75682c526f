// The official SDK as its README says, everything at its default, in a process of its own: it writes to stdout.
const { BasicCredentials } = require('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js');
const vod = '@huaweicloud/huaweicloud-sdk-vod/v1';
const { CancelAssetTranscodeTaskRequest } = require(`${vod}/model/CancelAssetTranscodeTaskRequest.js`);
const { VodClient } = require(`${vod}/VodClient.js`);

const { endpoint, ak, sk, securityToken, projectId, assetId } = JSON.parse(process.argv[2]);
const credentials = new BasicCredentials()
  .withAk(ak)
  .withSk(sk)
  .withSecurityToken(securityToken)
  .withProjectId(projectId);
const client = VodClient.newBuilder().withCredential(credentials).withEndpoint(endpoint).build();

client.cancelAssetTranscodeTask(new CancelAssetTranscodeTaskRequest(assetId)).then(
  ({ httpStatusCode }) => process.send({ resolved: httpStatusCode }),
  (error) => process.send({ rejected: error.message, name: error.name }),
);

// Asked once the request has reached the server: what would end the waiting.
process.on('message', () => process.send({ resources: process.getActiveResourcesInfo() }));
