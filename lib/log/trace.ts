/** A valid `traceparent` of version 00 has 55 characters, and later versions may add to it. Longer text is not read. */
const MAX_LENGTH = 512;

/**
 * version "-" trace-id "-" parent-id "-" flags, then more only in versions after 00 (W3C Trace Context §3.2). The
 * text after the flags begins with "-" or is white space, so that the pattern never backtracks.
 */
const TRACEPARENT =
  /^[ \t]*(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:(-.*)|[ \t]*)$/;

/**
 * Returns the trace id of a W3C `traceparent`.
 *
 * @param values - all headers of that name; several headers count as none
 * @returns 32 hexadecimal digits; undefined if there is no valid header
 */
export function traceIdOf(values: readonly unknown[]): string | undefined {
  const [only, ...others] = values;
  if (typeof only !== 'string' || only.length > MAX_LENGTH || others.length > 0) return undefined;
  const [, version, traceId, rest] = TRACEPARENT.exec(only) ?? [];
  return version === '00' && rest !== undefined ? undefined : traceId;
}
