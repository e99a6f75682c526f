import { isRecord, type JsonObject } from '../json.ts';

/**
 * Returns all distinct values of a request header. Gateways write names in any case and values as a string or an array.
 * Some send each header twice, in `headers` and in `multiValueHeaders`.
 */
export function headerValues(event: JsonObject, name: string): readonly string[] {
  const values = [event['headers'], event['multiValueHeaders']]
    .filter(isRecord)
    .flatMap((headers) => Object.keys(headers).flatMap((key) => (key.toLowerCase() === name ? headers[key] : [])))
    .filter((value) => typeof value === 'string');
  return [...new Set(values)];
}
