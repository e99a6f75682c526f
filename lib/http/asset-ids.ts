import { Failure } from '../cancel/failure.ts';
import { type JsonObject, own } from '../json.ts';
import { readJsonBody } from './body.ts';
import type { HttpEnvelope } from './envelope.ts';

/** In the order of the `allow` header. */
export const ALLOWED_METHODS: readonly string[] = ['DELETE', 'POST'];

const NAME = 'asset_id';

/**
 * Reads the asset ids of a request: path parameter, query parameter, member of the JSON body.
 *
 * @returns the value of each of these places, unchecked
 * @throws Failure - `METHOD_NOT_ALLOWED`, `BODY_TOO_LARGE` or `INVALID_BODY`, checked in this order
 */
export function readAssetIds({ method, event, encoded }: HttpEnvelope): readonly unknown[] {
  if (!ALLOWED_METHODS.includes(method)) throw new Failure('method_not_allowed');
  const flag = event['isBase64Encoded'];
  const body = readJsonBody(event['body'], flag === true || flag === 'true');
  const inPath = own(event['pathParameters'], NAME);
  return [
    encoded === 'path' ? percentDecoded(inPath) : inPath,
    ...inQuery(event, encoded === 'query'),
    own(body, NAME),
  ];
}

/** A repeated parameter gives several ids. Gateways keep them in an array, or they join them and keep the raw query. */
function inQuery(event: JsonObject, encoded: boolean): readonly unknown[] {
  const raw = event['rawQueryString'];
  const inRaw = typeof raw === 'string' ? new URLSearchParams(raw).getAll(NAME) : [];
  if (inRaw.length > 0) return inRaw;
  const values = [
    own(event['queryStringParameters'], NAME),
    own(event['multiValueQueryStringParameters'], NAME),
  ].flat();
  return encoded ? values.map(percentDecoded) : values;
}

/** A value that does not decode is taken as it is. */
function percentDecoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
