import { compete } from './compete.ts';
import { contextFor, loadFunction, nextRequestId } from './host.ts';

/** A request as Huawei's API gateway passes it, with the usual headers. */
function eventFor(assetId: string, requestId: string): object {
  return {
    body: '',
    requestContext: { apiId: 'bc1dcffd-aa35-474d-897c-d53425a4c08e', requestId, stage: 'RELEASE' },
    queryStringParameters: {},
    httpMethod: 'DELETE',
    pathParameters: { asset_id: assetId },
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br',
      host: 'example.com',
      'user-agent': 'curl/8.5.0',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-real-ip': '192.0.2.1',
    },
    path: `/assets/${assetId}/transcode-task`,
    isBase64Encoded: true,
  };
}

/** The function for HTTP gateways, with its log line. */
void compete(async (subject, account) => {
  const handler = await loadFunction(subject, account);
  const statusOf = async (assetId: string): Promise<number | undefined> => {
    const requestId = nextRequestId();
    const response = await handler(eventFor(assetId, requestId), contextFor(account, requestId));
    return (response as { readonly statusCode?: number }).statusCode;
  };
  const expect = async (assetId: string, status: number): Promise<void> => {
    const actual = await statusOf(assetId);
    if (actual !== status) throw new Error(`cancel-http answered ${actual} instead of ${status}`);
  };
  return () => ({
    // Only a cancel that VOD confirmed is answered by 200.
    cancel: (assetId) => expect(assetId, 200),
    refuse: () => expect('not-an-asset-id', 400),
  });
});
