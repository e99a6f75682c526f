import { isRecord, type JsonObject } from '../json.ts';

/**
 * Returns all distinct values of a request header. Gateways write names in any case and values as a string or an array.
 * Some send each header twice, in `headers` and in `multiValueHeaders`.
 */
export function headerValues(event: JsonObject, name: string): readonly string[] {
  const values = [event['headers'], event['multiValueHeaders']]
    .flatMap((headers) => (isRecord(headers) ? Object.entries(headers) : []))
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === 'string');
  return [...new Set(values)];
}
