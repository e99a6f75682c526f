/** version "-" trace-id "-" parent-id "-" flags, then more only in versions after 00 (W3C Trace Context §3.2). */
const TRACEPARENT = /^[ \t]*(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?[ \t]*$/;

/**
 * The trace id of a W3C `traceparent`.
 *
 * @param values - the headers as they came; more than one is as good as none
 * @returns 32 hexadecimal digits, or undefined where there is no valid one
 */
export function traceIdOf(values: readonly string[]): string | undefined {
  const [only, ...others] = values;
  if (only === undefined || others.length > 0) return undefined;
  const match = TRACEPARENT.exec(only);
  const [, version, traceId, rest] = match ?? [];
  return version === '00' && rest !== undefined ? undefined : traceId;
}
