import packageJson from '../../package.json' with { type: 'json' };
import { EXAMPLE_ASSET_ID } from './examples.ts';
import { RESPONSE_REFERENCES, RESPONSES } from './responses.ts';
import { CANCEL_RESULT, PROBLEM } from './schemas.ts';

const DESCRIPTION = `Cancels the **queued** transcode task of a Huawei Cloud VOD asset.

The asset id is the path parameter, the query parameter or the member \`asset_id\` of a JSON body. If it is given more than
once, all values must be the same. The function accepts any path: the two paths below are those of the local gateway. A
success is a \`CancelResult\`. Any other answer is a problem of RFC 9457 that also has every member of a \`CancelResult\`.
A second request is safe, unless the asset was queued again in the meantime.

The function does not check who calls it. The gateway in front of it must do that.`;

const inPath = { $ref: '#/components/parameters/AssetIdInPath' };
const inQuery = { $ref: '#/components/parameters/AssetIdInQuery' };

const operation = (operationId: string, summary: string, more: object = {}): object => ({
  operationId,
  summary,
  tags: ['transcode task'],
  ...more,
  responses: RESPONSE_REFERENCES,
});

/** Other members of the body are ignored. */
const requestBody = (required: boolean): object => ({
  required,
  description: 'A JSON object in UTF-8 of at most 65,536 bytes.',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/CancelRequest' },
      examples: { asset: { summary: 'The asset to cancel', value: { asset_id: EXAMPLE_ASSET_ID } } },
    },
  },
});

const ASSET_ID = {
  type: 'string',
  pattern: '^[0-9a-f]{32}$',
  description: 'The id of a VOD asset. A deployment can set another pattern with VOD_ASSET_ID_PATTERN.',
};

/** The description of the HTTP function in OpenAPI 3.1, made from the function's own tables and schemas. */
export const DOCUMENT = {
  openapi: '3.1.1',
  info: {
    title: 'vod-transcode-cancel',
    version: packageJson.version,
    summary: 'Cancels the queued transcode task of a VOD asset and says what really happened.',
    // One line for each paragraph.
    description: DESCRIPTION.replaceAll(/(?<!\n)\n(?!\n)/g, ' '),
    license: { name: 'Apache License 2.0', identifier: packageJson.license },
  },
  servers: [{ url: 'http://127.0.0.1:8080', description: 'The local gateway (npm start)' }],
  security: [],
  tags: [{ name: 'transcode task', description: 'The transcode task of an asset, while it waits in the queue.' }],
  paths: {
    '/assets/{asset_id}/transcode-task': {
      parameters: [inPath],
      delete: operation('cancelTranscodeTask', 'Cancel the queued transcode task of the asset in the path'),
      post: operation('cancelTranscodeTaskByPost', 'The same, for callers that cannot send DELETE', {
        requestBody: requestBody(false),
      }),
    },
    '/transcode-task': {
      delete: operation('cancelTranscodeTaskInQuery', 'Cancel the queued transcode task of the asset in the query', {
        parameters: [inQuery],
      }),
      post: operation('cancelTranscodeTaskInBody', 'Cancel the queued transcode task of the asset in the body', {
        requestBody: requestBody(true),
      }),
    },
  },
  components: {
    parameters: {
      AssetIdInPath: {
        name: 'asset_id',
        in: 'path',
        required: true,
        schema: { $ref: '#/components/schemas/AssetId' },
        example: EXAMPLE_ASSET_ID,
      },
      AssetIdInQuery: {
        name: 'asset_id',
        in: 'query',
        required: true,
        schema: { $ref: '#/components/schemas/AssetId' },
        example: EXAMPLE_ASSET_ID,
      },
    },
    headers: {
      RequestId: { description: 'The `request_id` of the body.', required: true, schema: { type: 'string' } },
      CacheControl: {
        description: 'Always `no-store`.',
        required: true,
        schema: { type: 'string', enum: ['no-store'] },
      },
      Allow: {
        description: 'The allowed methods.',
        required: true,
        schema: { type: 'string', enum: ['DELETE, POST'] },
      },
      RetryAfter: {
        description:
          'When to try again, in seconds: the value from VOD, or the time until the next call is possible, or 60.',
        required: true,
        schema: { type: 'integer', minimum: 0, maximum: 3600 },
      },
    },
    responses: RESPONSES,
    schemas: {
      AssetId: ASSET_ID,
      CancelRequest: {
        type: 'object',
        properties: { asset_id: { $ref: '#/components/schemas/AssetId' } },
        description: 'Other members are ignored.',
      },
      CancelResult: CANCEL_RESULT,
      Problem: PROBLEM,
    },
  },
} as const;
