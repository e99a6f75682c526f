import type { CandidateName } from '../candidates.ts';

/** How a function is called, and what it must answer. */
export interface FunctionUse {
  /** The event, as its platform passes it. */
  readonly eventFor: (assetId: string, requestId: string) => object;
  /** What tells in the reply whether the asset was cancelled. */
  readonly verdictOf: (reply: Reply) => unknown;
  /** The verdict on a cancel that VOD confirmed. */
  readonly cancelled: unknown;
  /** The verdict on a malformed id, or the name of the error that it throws. */
  readonly refused: unknown;
}

interface Reply {
  readonly statusCode?: number;
  readonly summary?: Readonly<Record<string, number>>;
}

export const FUNCTIONS: Readonly<Partial<Record<CandidateName, FunctionUse>>> = {
  'cancel-http': {
    // A request as Huawei's API gateway passes it, with the usual headers.
    eventFor: (assetId, requestId) => ({
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
    }),
    verdictOf: ({ statusCode }) => statusCode,
    cancelled: 200,
    refused: 400,
  },
  'cancel-superseded': {
    // An event as Huawei's EventGrid passes it: CloudEvents 1.0 as JSON.
    eventFor: (assetId, requestId) => ({
      specversion: '1.0',
      type: 'vod.upload.superseded',
      source: '/uploads',
      id: requestId,
      time: '2026-01-02T03:04:05Z',
      datacontenttype: 'application/json',
      data: { asset_id: assetId },
    }),
    verdictOf: ({ summary }) => summary?.['cancelled'],
    cancelled: 1,
    refused: 'CancelIncompleteError',
  },
};
