import { isRecord, type JsonObject } from '../json.ts';

/**
 * All values of a request header, each once: gateways write names in any case, values as a string or an array, and
 * some say everything twice, in `headers` and in `multiValueHeaders`.
 */
export function headerValues(event: JsonObject, name: string): readonly string[] {
  const values = [event['headers'], event['multiValueHeaders']]
    .flatMap((headers) => (isRecord(headers) ? Object.entries(headers) : []))
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === 'string');
  return [...new Set(values)];
}
